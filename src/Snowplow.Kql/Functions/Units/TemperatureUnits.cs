namespace Snowplow.Kql.Functions.Units;

/// <summary>Units of temperatures, in kelvins.</summary>
internal static class TemperatureUnits
{
    private const double Zero = 273.15;
    private const double Boiling = 373.15;
    private const double FahrenheitZero = 459.67;

    public static readonly UnitTable All = new UnitTable()
        .With(("Kelvin", 1), ("DegreeRankine", 5 / 9.0), ("SolarTemperature", 5778))
        .With("DegreeCelsius", value => value + Zero, value => value - Zero)
        .With("DegreeDelisle", value => Boiling - (value * 2 / 3), value => (Boiling - value) * 3 / 2)
        .With("DegreeFahrenheit", value => (value + FahrenheitZero) * 5 / 9, value => (value * 9 / 5) - FahrenheitZero)
        .With("DegreeNewton", value => (value * 100 / 33) + Zero, value => (value - Zero) * 33 / 100)
        .With("DegreeReaumur", value => (value * 5 / 4) + Zero, value => (value - Zero) * 4 / 5)
        .With("DegreeRoemer", value => ((value - 7.5) * 40 / 21) + Zero, value => ((value - Zero) * 21 / 40) + 7.5)
        .With("MillidegreeCelsius", value => (value / 1000) + Zero, value => (value - Zero) * 1000);
}
