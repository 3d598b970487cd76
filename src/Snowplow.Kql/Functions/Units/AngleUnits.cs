namespace Snowplow.Kql.Functions.Units;

/// <summary>Units of angles, in degrees.</summary>
internal static class AngleUnits
{
    public static readonly UnitTable All = new UnitTable()
        .With(
            ("Arcminute", 1 / 60.0), ("Arcsecond", 1 / 3600.0), ("Centiradian", 1.8 / Math.PI), ("Deciradian", 18 / Math.PI), ("Degree", 1),
            ("Gradian", 0.9), ("Microdegree", 1e-6), ("Microradian", 180e-6 / Math.PI), ("Millidegree", 1e-3), ("Milliradian", 0.18 / Math.PI),
            ("Nanodegree", 1e-9), ("Nanoradian", 180e-9 / Math.PI), ("NatoMil", 360 / 6400.0), ("Radian", 180 / Math.PI), ("Revolution", 360))
        // A slope: the sine of its angle.
        .With("Tilt", value => Math.Asin(value) * 180 / Math.PI, value => Math.Sin(value * Math.PI / 180));
}
