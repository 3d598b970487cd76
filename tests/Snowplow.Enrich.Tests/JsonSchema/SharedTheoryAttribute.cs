namespace Snowplow.Enrich.Tests.JsonSchema;

/// <summary>A table of tests over the files that lie beside the repository in <c>shared/</c>; skipped where they are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedTheoryAttribute : TheoryAttribute
{
    /// <param name="folder">Folder below <c>shared/</c> that the test needs.</param>
    public SharedTheoryAttribute(string folder) => Skip = new SharedFactAttribute(folder).Skip;
}
