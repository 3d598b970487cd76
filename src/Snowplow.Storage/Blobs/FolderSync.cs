using System.Runtime.InteropServices;

namespace Snowplow.Storage.Blobs;

/// <summary>
/// Makes folders durable: a file that was synced is lost all the same if the entry that names it is not on disk. .NET
/// opens no folders, hence the calls to libc. Windows needs none of this (NTFS journals its folders).
/// </summary>
internal static partial class FolderSync
{
    private const int ReadOnly = 0;

    /// <summary>Writes a folder's entries to disk.</summary>
    /// <exception cref="IOException">The folder cannot be opened or synced.</exception>
    public static void Sync(string folder)
    {
        if (!OperatingSystem.IsWindows()) WithDescriptor(folder, "fsync", FSync);
    }

    /// <summary>
    /// Writes everything that the file system of a folder holds in memory to disk: what a predecessor that was killed had
    /// written and not yet synced can be read, so it must be as durable as it looks.
    /// </summary>
    /// <exception cref="IOException">The folder cannot be opened or synced.</exception>
    public static void SyncFileSystem(string folder)
    {
        if (OperatingSystem.IsLinux()) WithDescriptor(folder, "syncfs", SyncFS);
        else if (!OperatingSystem.IsWindows()) SyncAll();
    }

    private static void WithDescriptor(string folder, string operation, Func<int, int> action)
    {
        var descriptor = Open(folder, ReadOnly);
        if (descriptor < 0) throw Failure("open");
        try
        {
            if (action(descriptor) != 0) throw Failure(operation);
        }
        finally
        {
            _ = Close(descriptor);
        }

        IOException Failure(string failed) => new($"{failed} of folder '{folder}' failed: {Marshal.GetLastPInvokeErrorMessage()}.");
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(int descriptor);

    [LibraryImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    private static partial int SyncFS(int descriptor);

    [LibraryImport("libc", EntryPoint = "sync")]
    private static partial void SyncAll();

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
