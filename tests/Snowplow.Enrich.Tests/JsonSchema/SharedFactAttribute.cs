namespace Snowplow.Enrich.Tests.JsonSchema;

/// <summary>A test over the files that lie beside the repository in <c>shared/</c>; skipped where they are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedFactAttribute : FactAttribute
{
    /// <param name="folder">Folder below <c>shared/</c> that the test needs.</param>
    public SharedFactAttribute(string folder)
    {
        if (!Directory.Exists(SharedFiles.Folder(folder)))
            Skip = $"The folder shared/{folder} is not beside the repository.";
    }
}
