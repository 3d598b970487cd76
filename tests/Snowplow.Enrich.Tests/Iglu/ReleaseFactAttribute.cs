namespace Snowplow.Enrich.Tests.Iglu;

/// <summary>A test of what the optimising compiler does: in Debug builds an async method allocates at every call.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReleaseFactAttribute : FactAttribute
{
    public ReleaseFactAttribute()
    {
#if DEBUG
        Skip = "Async methods allocate in Debug builds; run with -c Release.";
#endif
    }
}
