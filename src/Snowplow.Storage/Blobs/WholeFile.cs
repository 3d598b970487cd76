namespace Snowplow.Storage.Blobs;

/// <summary>Writes files that are, after a crash at any moment, as they were before or as they are now, and never in between.</summary>
public static class WholeFile
{
    /// <summary>What the names of unfinished files end with.</summary>
    public const string Unfinished = ".new";

    /// <summary>Writes a file, in the place of the one of that name, readable by whoever that was; it is durable afterwards.</summary>
    /// <param name="path">The file; its folder is made where it is missing.</param>
    /// <param name="content">Writes the content.</param>
    /// <exception cref="IOException">It cannot be written; the former file, if any, is as it was.</exception>
    public static void Write(string path, Action<Stream> content)
    {
        try
        {
            Replace(path, content);
        }
        catch (UnauthorizedAccessException denied)
        {
            // So .NET calls a folder in the file's place too.
            throw new IOException($"'{path}' cannot be written: {denied.Message}", denied);
        }
    }

    private static void Replace(string path, Action<Stream> content)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 1 << 16 };
        if (!OperatingSystem.IsWindows() && File.Exists(path)) options.UnixCreateMode = File.GetUnixFileMode(path);

        var folder = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
            FolderSync.Sync(Path.GetDirectoryName(folder)!);
        }

        using (var file = new FileStream(path + Unfinished, options))
        {
            content(file);
            file.Flush(flushToDisk: true);
        }

        File.Move(path + Unfinished, path, overwrite: true);
        FolderSync.Sync(folder);
    }
}
