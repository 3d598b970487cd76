namespace Snowplow.Kql.Functions.Units;

/// <summary>Units of masses, in kilograms.</summary>
internal static class MassUnits
{
    public static readonly UnitTable All = new UnitTable()
        .With(
            ("Centigram", 1e-5), ("Decagram", 1e-2), ("Decigram", 1e-4), ("EarthMass", 5.9722e24), ("Grain", 6.479891e-5), ("Gram", 1e-3),
            ("Hectogram", 0.1), ("Kilogram", 1), ("Kilopound", 453.59237), ("Kilotonne", 1e6), ("LongHundredweight", 50.80234544),
            ("LongTon", 1016.0469088), ("Megapound", 453592.37), ("Megatonne", 1e9), ("Microgram", 1e-9), ("Milligram", 1e-6), ("Nanogram", 1e-12),
            ("Ounce", 0.028349523125), ("Pound", 0.45359237), ("ShortHundredweight", 45.359237), ("ShortTon", 907.18474),
            ("Slug", 14.593902937206364), ("SolarMass", 1.98847e30), ("Stone", 6.35029318), ("Tonne", 1e3));
}
