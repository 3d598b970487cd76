namespace Snowplow.Enrich.Tests.JsonSchema;

/// <summary>Finds the fixtures that lie beside the repository.</summary>
public static class SharedFiles
{
    /// <summary>The repository's root.</summary>
    public static string Repository
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Snowplow.Orleans.sln")))
                folder = folder.Parent;
            return folder?.FullName ?? "/";
        }
    }

    /// <summary>Path of a folder below <c>shared/</c>, whether it exists or not.</summary>
    public static string Folder(string name) => Path.Combine(Path.GetDirectoryName(Repository) ?? "/", "shared", name);
}
