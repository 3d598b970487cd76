namespace Snowplow.Kql.Functions.Units;

/// <summary>Units of speeds, in metres per second.</summary>
internal static class SpeedUnits
{
    public static readonly UnitTable All = new UnitTable()
        .With(
            ("CentimeterPerHour", 1e-2 / 3600.0), ("CentimeterPerMinute", 1e-2 / 60.0), ("CentimeterPerSecond", 1e-2),
            ("DecimeterPerMinute", 0.1 / 60.0), ("DecimeterPerSecond", 0.1), ("FootPerHour", 0.3048 / 3600.0), ("FootPerMinute", 0.3048 / 60.0),
            ("FootPerSecond", 0.3048), ("InchPerHour", 0.0254 / 3600.0), ("InchPerMinute", 0.0254 / 60.0), ("InchPerSecond", 0.0254),
            ("KilometerPerHour", 1e3 / 3600.0), ("KilometerPerMinute", 1e3 / 60.0), ("KilometerPerSecond", 1e3), ("Knot", 1852 / 3600.0),
            ("MeterPerHour", 1 / 3600.0), ("MeterPerMinute", 1 / 60.0), ("MeterPerSecond", 1), ("MicrometerPerMinute", 1e-6 / 60.0),
            ("MicrometerPerSecond", 1e-6), ("MilePerHour", 1609.344 / 3600.0), ("MillimeterPerHour", 1e-3 / 3600.0),
            ("MillimeterPerMinute", 1e-3 / 60.0), ("MillimeterPerSecond", 1e-3), ("NanometerPerMinute", 1e-9 / 60.0), ("NanometerPerSecond", 1e-9),
            ("UsSurveyFootPerHour", 1200 / 3937.0 / 3600.0), ("UsSurveyFootPerMinute", 1200 / 3937.0 / 60.0),
            ("UsSurveyFootPerSecond", 1200 / 3937.0), ("YardPerHour", 0.9144 / 3600.0), ("YardPerMinute", 0.9144 / 60.0), ("YardPerSecond", 0.9144));
}
