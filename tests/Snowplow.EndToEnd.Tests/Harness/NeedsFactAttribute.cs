namespace Snowplow.EndToEnd.Tests.Harness;

/// <summary>A fact that is skipped, with a message saying what to install, where a tool is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NeedsFactAttribute : FactAttribute
{
    public NeedsFactAttribute(params Tool[] tools) => Skip = Tools.WhyMissing(tools);
}
