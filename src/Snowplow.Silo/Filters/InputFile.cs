using Snowplow.Silo.Serve;

namespace Snowplow.Silo.Filters;

/// <summary>Files that commands read: plain or gzip, named one by one or by their folder.</summary>
internal static class InputFile
{
    private const int BufferBytes = 256 << 10;

    /// <summary>The files that arguments name: themselves, and for a folder all below it with such an ending, in the order of their names.</summary>
    /// <param name="paths">Files and folders.</param>
    /// <param name="endings">What the names of files in folders end with.</param>
    /// <returns>Each file's path with the argument that named it: the folder, or the file's own folder.</returns>
    /// <exception cref="StartupException">One is not there.</exception>
    public static IReadOnlyList<(string Root, string Path)> Find(IEnumerable<string> paths, params string[] endings)
    {
        var files = new List<(string, string)>();
        foreach (var path in paths)
        {
            if (Directory.Exists(path))
            {
                files.AddRange(Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
                    .Where(file => endings.Any(ending => file.EndsWith(ending, StringComparison.Ordinal)))
                    .Order(StringComparer.Ordinal).Select(file => (path, file)));
            }
            else if (File.Exists(path))
            {
                files.Add((Path.GetDirectoryName(path) ?? "", path));
            }
            else
            {
                throw new StartupException($"'{path}' is neither a file nor a folder.");
            }
        }

        return files;
    }

    /// <summary>Opens a file; gzip, of any number of members, is known by its first bytes and checked to its end.</summary>
    public static Stream Open(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferBytes);
        var first = new byte[2];
        file.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return first is [0x1f, 0x8b] ? new GzipFileStream(file) : file;
    }
}
