using Snowplow.Kql.Files;
using Snowplow.Silo.Filters;

namespace Snowplow.Silo.Query;

/// <summary>
/// The files that queries name: in a server those below one folder alone, wherever links lead; for a user's own command all that he may read. Of addresses only
/// <c>file://</c> is taken: nothing is asked over the network on behalf of a query.
/// </summary>
/// <param name="folder">The folder that relative paths begin in.</param>
/// <param name="isBound">Whether nothing outside of it may be named.</param>
internal sealed class LocalFiles(string folder, bool isBound)
{
    private const int MostLinks = 40;

    private readonly string _folder = Path.GetFullPath(folder);

    /// <summary>The files of the user who runs a command.</summary>
    public static LocalFiles OfUser => new(Directory.GetCurrentDirectory(), isBound: false);

    /// <summary>Opens a file; gzip is unpacked.</summary>
    /// <exception cref="IOException">It is not there, or may not be named.</exception>
    /// <exception cref="UnauthorizedAccessException">This process may not read it.</exception>
    public Stream Open(string path)
    {
        var file = Resolve(path);
        return File.Exists(file) ? InputFile.Open(file) : throw new FileNotFoundException(isBound ? $"there is no such file in '{folder}' (Kusto:Files)" : "there is no such file");
    }

    /// <summary>Writes a file whole; gzip where its name ends in <c>.gz</c>.</summary>
    /// <exception cref="IOException">There is one of that name, or it may not be named, or cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">This process may not write there.</exception>
    public WrittenFile Write(string path, Action<Stream> write)
    {
        using var file = NewFile.Begin(Resolve(path));
        write(file.Content);
        return file.Complete();
    }

    // The place of a path, which may not be there, once all links are followed.
    private string Resolve(string path)
    {
        if (path.StartsWith("file://", StringComparison.OrdinalIgnoreCase) && Uri.TryCreate(path, UriKind.Absolute, out var address) && address.IsFile && address.Host.Length == 0) path = address.LocalPath;
        if (path.Contains("://", StringComparison.Ordinal)) throw new IOException("only local files are read and written, nothing over the network: fetch it first");
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal)) throw new IOException("it is no path");
        var full = Path.GetFullPath(path, _folder);
        if (!isBound) return full;
        if (!IsWithin(full, _folder)) throw Outside();
        var real = Real(full, MostLinks);
        return IsWithin(real, Real(_folder, MostLinks)) ? real : throw Outside();
    }

    private IOException Outside() => new($"files are read and written below '{folder}' only (Kusto:Files)");

    private static bool IsWithin(string path, string folder) => path.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    // The operating system follows links of every folder on the way, and the framework that of the last name only.
    private static string Real(string path, int mostLinks)
    {
        var root = Path.GetPathRoot(path)!;
        var real = root;
        foreach (var name in path[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            real = Path.Combine(real, name);
            if (new FileInfo(real).LinkTarget is not { } target) continue;
            if (mostLinks == 0) throw new IOException("too many links lead to it");
            real = Real(Path.GetFullPath(target, Path.GetDirectoryName(real)!), mostLinks - 1);
        }

        return real;
    }
}
