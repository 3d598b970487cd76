namespace Snowplow.Enrich.Tests.JsonSchema;

/// <summary>
/// A measurement rather than a test: it runs only with <c>SNOWPLOW_MEASURE=1</c>, in a Release build, and prints its figures.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MeasurementFactAttribute : FactAttribute
{
    public MeasurementFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("SNOWPLOW_MEASURE") != "1")
            Skip = "Runs with SNOWPLOW_MEASURE=1 only.";
    }
}
