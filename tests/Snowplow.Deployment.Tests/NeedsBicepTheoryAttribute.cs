namespace Snowplow.Deployment.Tests;

/// <summary>A theory that is skipped, with a message, where the Bicep compiler cannot be had.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NeedsBicepTheoryAttribute : TheoryAttribute
{
    public NeedsBicepTheoryAttribute() => Skip = Bicep.WhyMissing;
}
