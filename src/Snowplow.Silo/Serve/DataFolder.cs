using Snowplow.Storage.Blobs;

namespace Snowplow.Silo.Serve;

/// <summary>The folder that holds everything the server keeps, locked against a second process while this one runs.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly DataFolderLock _lock;

    private DataFolder(string path, DataFolderLock @lock)
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
        try
        {
            Directory.CreateDirectory(full);
        }
        catch (IOException exception)
        {
            throw new StartupException($"The data folder '{full}' cannot be created. Choose another with --data. ({exception.Message})");
        }
        catch (UnauthorizedAccessException exception)
        {
            throw Forbidden(full, exception);
        }

        try
        {
            return new DataFolder(full, DataFolderLock.Acquire(full));
        }
        catch (UnauthorizedAccessException exception)
        {
            throw Forbidden(full, exception);
        }
        catch (IOException exception)
        {
            throw new StartupException(exception.Message);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private static StartupException Forbidden(string folder, UnauthorizedAccessException exception) =>
        new($"The data folder '{folder}' cannot be written to. Choose another with --data, or change its permissions. ({exception.Message})");
}
