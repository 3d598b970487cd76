using System.CommandLine;

namespace Snowplow.Silo.Filters;

/// <summary>Where a filter's bad rows go: standard error, or a file.</summary>
internal static class BadRowOutput
{
    /// <summary>The option <c>--bad</c>.</summary>
    public static Option<string?> Option() => new("--bad")
    {
        Description = "File for the bad rows, replaced if it is there. [default: standard error]",
        HelpName = "file",
    };

    /// <summary>Opens it.</summary>
    /// <param name="file">The file; null for standard error.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static Stream Open(string? file) => file is null ? StandardStream.Error() : new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.Read);
}
