namespace Snowplow.Silo.Serve;

/// <summary>
/// The folder that holds everything the server keeps, locked while the server runs: a second process that used it
/// would write into the same files. The lock is the operating system's, so it goes with the process however that ends.
/// </summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream _lock;

    private DataFolder(string path, FileStream @lock)
    {
        Path = path;
        _lock = @lock;
    }

    /// <summary>The folder's full path.</summary>
    public string Path { get; }

    /// <summary>Creates the folder where it is absent, and locks it.</summary>
    /// <param name="path">The folder, relative to the current one or absolute.</param>
    /// <exception cref="StartupException">Another process holds it, or it cannot be written to.</exception>
    public static DataFolder Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        var lockFile = System.IO.Path.Combine(full, "lock");
        try
        {
            Directory.CreateDirectory(full);
            return new DataFolder(full, new FileStream(lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException)
        {
            throw new StartupException($"The data folder {full} cannot be written to. Choose another one with --data, or change its permissions.");
        }
        catch (IOException exception) when (File.Exists(lockFile))
        {
            throw new StartupException(
                $"The data folder {full} is in use by another process. Stop that one, or choose another folder with --data. ({exception.Message})");
        }
        catch (IOException exception)
        {
            throw new StartupException($"The data folder {full} cannot be opened: {exception.Message}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();
}
