namespace Snowplow.Silo.Tests.Documents;

/// <summary>The repository that the tests are of.</summary>
internal static class Repository
{
    /// <summary>Its folder.</summary>
    public static readonly string Root = Find();

    /// <summary>A file or folder of it.</summary>
    public static string Path(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Root, .. parts]);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "Snowplow.Orleans.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException($"{AppContext.BaseDirectory} is not inside the repository.");
        return folder.FullName;
    }
}
