namespace Snowplow.Kql.Functions.Units;

/// <summary>Units of volumes, in cubic metres.</summary>
internal static class VolumeUnits
{
    public static readonly UnitTable All = new UnitTable()
        .With(
            ("AcreFoot", 1233.48183754752), ("AuTablespoon", 2e-5), ("BoardFoot", 0.002359737216), ("Centiliter", 1e-5), ("CubicCentimeter", 1e-6),
            ("CubicDecimeter", 1e-3), ("CubicFoot", 0.028316846592), ("CubicHectometer", 1e6), ("CubicInch", 1.6387064e-5), ("CubicKilometer", 1e9),
            ("CubicMeter", 1), ("CubicMicrometer", 1e-18), ("CubicMile", 4168181825.440579584), ("CubicMillimeter", 1e-9),
            ("CubicYard", 0.764554857984), ("Decaliter", 1e-2), ("DecausGallon", 0.03785411784), ("Deciliter", 1e-4),
            ("DeciusGallon", 3.785411784e-4), ("HectocubicFoot", 2.8316846592), ("HectocubicMeter", 100), ("Hectoliter", 0.1),
            ("HectousGallon", 0.3785411784), ("ImperialBeerBarrel", 0.16365924), ("ImperialGallon", 0.00454609), ("ImperialOunce", 2.84130625e-5),
            ("ImperialPint", 5.6826125e-4), ("KilocubicFoot", 28.316846592), ("KilocubicMeter", 1e3), ("KiloimperialGallon", 4.54609),
            ("Kiloliter", 1), ("KilousGallon", 3.785411784), ("Liter", 1e-3), ("MegacubicFoot", 28316.846592), ("MegaimperialGallon", 4546.09),
            ("Megaliter", 1e3), ("MegausGallon", 3785.411784), ("MetricCup", 2.5e-4), ("MetricTeaspoon", 5e-6), ("Microliter", 1e-9),
            ("Milliliter", 1e-6), ("OilBarrel", 0.158987294928), ("UkTablespoon", 1.5e-5), ("UsBeerBarrel", 0.117347765304),
            ("UsCustomaryCup", 2.365882365e-4), ("UsGallon", 0.003785411784), ("UsLegalCup", 2.4e-4), ("UsOunce", 2.95735295625e-5),
            ("UsPint", 4.73176473e-4), ("UsQuart", 9.46352946e-4), ("UsTablespoon", 1.478676478125e-5), ("UsTeaspoon", 4.92892159375e-6));
}
