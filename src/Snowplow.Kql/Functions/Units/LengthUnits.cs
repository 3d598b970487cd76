namespace Snowplow.Kql.Functions.Units;

/// <summary>Units of lengths, in metres.</summary>
internal static class LengthUnits
{
    public static readonly UnitTable All = new UnitTable()
        .With(
            ("Angstrom", 1e-10), ("AstronomicalUnit", 1.495978707e11), ("Centimeter", 1e-2), ("Chain", 20.1168), ("DataMile", 1828.8),
            ("Decameter", 10), ("Decimeter", 0.1), ("DtpPica", 0.0254 / 6), ("DtpPoint", 0.0254 / 72), ("Fathom", 1.8288), ("Foot", 0.3048),
            ("Hand", 0.1016), ("Hectometer", 100), ("Inch", 0.0254), ("KilolightYear", 9.4607304725808e18), ("Kilometer", 1e3),
            ("Kiloparsec", 3.0856775814913673e19), ("LightYear", 9.4607304725808e15), ("MegalightYear", 9.4607304725808e21),
            ("Megaparsec", 3.0856775814913673e22), ("Meter", 1), ("Microinch", 2.54e-8), ("Micrometer", 1e-6), ("Mil", 2.54e-5), ("Mile", 1609.344),
            ("Millimeter", 1e-3), ("Nanometer", 1e-9), ("NauticalMile", 1852), ("Parsec", 3.0856775814913673e16),
            ("PrinterPica", 12 * 0.0254 / 72.27), ("PrinterPoint", 0.0254 / 72.27), ("Shackle", 27.432), ("SolarRadius", 6.957e8),
            ("Twip", 0.0254 / 1440), ("UsSurveyFoot", 1200 / 3937.0), ("Yard", 0.9144));
}
