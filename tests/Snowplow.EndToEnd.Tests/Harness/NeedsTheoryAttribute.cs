namespace Snowplow.EndToEnd.Tests.Harness;

/// <summary>A theory that is skipped, with a message saying what to install, where a tool is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NeedsTheoryAttribute : TheoryAttribute
{
    public NeedsTheoryAttribute(params Tool[] tools) => Skip = Tools.WhyMissing(tools);
}
