using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;

namespace Snowplow.Storage.Blobs;

/// <summary>
/// Blobs as files under a root folder. An append is one positional write and one fsync; a file's creation also syncs the
/// folders that are new. The length, or content, is only checked against other appends of this instance, so a folder has one
/// instance in one process: hold the <see cref="DataFolderLock"/>.
/// </summary>
/// <remarks>
/// Files are opened for each call. That costs microseconds beside an fsync, and a handle kept open would go on taking
/// appends after its file was moved away or deleted.
/// </remarks>
public sealed class FolderBlobStore : IBlobStore
{
    private const int TruncateChunkBytes = 64 * 1024;

    // Appends and cuts of one name exclude each other; names share 64 locks, so that the locks need no housekeeping.
    private readonly Lock[] _nameLocks = [.. Enumerable.Range(0, 64).Select(_ => new Lock())];
    private readonly Lock _foldersLock = new();
    private readonly string _root;

    /// <summary>Opens a folder, creating it where it is absent.</summary>
    /// <param name="root">The folder; a relative path is taken from the working folder.</param>
    /// <exception cref="IOException">The folder cannot be created or synced.</exception>
    public FolderBlobStore(string root)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        AsIOException(() =>
        {
            EnsureFolder(_root);
            FolderSync.SyncFileSystem(_root);
            return true;
        });
    }

    /// <inheritdoc/>
    public bool CanTruncate => true;

    /// <inheritdoc/>
    public ValueTask<long?> GetLengthAsync(string name, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        return Run<long?>(() => new FileInfo(path) is { Exists: true } file ? file.Length : null, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryAppendAsync(string name, long expectedLength, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(expectedLength);
        var path = PathOf(name);
        return Run(
            () =>
            {
                lock (LockOf(name)) return TryAppend(path, expectedLength, data.Span);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<int> ReadAsync(string name, long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        var path = PathOf(name);
        return Run(() => Read(path, offset, buffer.Span), cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<BlobEntry> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prefix);

        // The folder part of the prefix must itself be a name; the rest is matched against the entries in there.
        var slash = prefix.LastIndexOf('/');
        var folder = slash < 0 ? "" : prefix[..slash];
        if (slash >= 0) BlobName.Check(folder);

        // Depth first, the next one on top: a folder sorts by its name and a slash, as the names of its files do.
        var pending = new Stack<BlobEntry>();
        Push(await Run(() => Entries(prefix[..(slash + 1)]), cancellationToken));
        while (pending.TryPop(out var entry))
        {
            if (entry.Name[^1] == '/') Push(await Run(() => Entries(entry.Name), cancellationToken));
            else yield return entry;
        }

        void Push(List<BlobEntry> entries)
        {
            for (var i = entries.Count - 1; i >= 0; i--)
                if (entries[i].Name.StartsWith(prefix, StringComparison.Ordinal))
                    pending.Push(entries[i]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryTruncateAsync(string name, long length, ReadOnlyMemory<byte> tail, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        var path = PathOf(name);
        return Run(
            () =>
            {
                lock (LockOf(name)) return TryTruncate(path, length, tail.Span);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryReplaceAsync(string name, ReadOnlyMemory<byte> content, ReadOnlyMemory<byte> replacement, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        return Run(
            () =>
            {
                lock (LockOf(name))
                {
                    if (!(File.Exists(path) ? File.ReadAllBytes(path) : []).AsSpan().SequenceEqual(content.Span)) return false;
                    EnsureFolder(Path.GetDirectoryName(path)!);
                    WholeFile.Write(path, file => file.Write(replacement.Span));
                    return true;
                }
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DeleteAsync(string name, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        return new ValueTask(Run(
            () =>
            {
                lock (LockOf(name))
                {
                    if (!File.Exists(path)) return false;
                    File.Delete(path);
                    FolderSync.Sync(Path.GetDirectoryName(path)!);
                    return true;
                }
            },
            cancellationToken).AsTask());
    }

    private bool TryAppend(string path, long expectedLength, ReadOnlySpan<byte> data)
    {
        var exists = File.Exists(path);
        if (!exists)
        {
            if (expectedLength != 0) return false;
            EnsureFolder(Path.GetDirectoryName(path)!);
        }

        using var file = Open(path, exists ? FileMode.Open : FileMode.OpenOrCreate, FileAccess.ReadWrite);
        if (RandomAccess.GetLength(file) != expectedLength) return false;
        try
        {
            RandomAccess.Write(file, data, expectedLength);
            RandomAccess.FlushToDisk(file);
            if (!exists) FolderSync.Sync(Path.GetDirectoryName(path)!);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            CutBack(file, path, expectedLength, failure);
            throw;
        }

        return true;
    }

    // A write that failed half-way (a full disk, mostly) must not leave a torn tail behind, if that can be helped. Where
    // it cannot, the next reader finds the tail, and cuts it.
    private static void CutBack(SafeFileHandle file, string path, long length, Exception failure)
    {
        try
        {
            RandomAccess.SetLength(file, length);
            RandomAccess.FlushToDisk(file);
        }
        catch (Exception second) when (second is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"The append to '{path}' failed, and cutting the file back to {length} bytes did too: {failure.Message} {second.Message}", failure);
        }
    }

    private static int Read(string path, long offset, Span<byte> buffer)
    {
        if (!File.Exists(path)) return 0;
        try
        {
            using var file = Open(path, FileMode.Open, FileAccess.Read);
            var total = 0;
            while (total < buffer.Length)
            {
                var read = RandomAccess.Read(file, buffer[total..], offset + total);
                if (read == 0) break;
                total += read;
            }

            return total;
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return 0;
        }
    }

    private static bool TryTruncate(string path, long length, ReadOnlySpan<byte> tail)
    {
        if (!File.Exists(path)) return false;
        using var file = Open(path, FileMode.Open, FileAccess.ReadWrite);
        if (RandomAccess.GetLength(file) != length + tail.Length) return false;
        var chunk = new byte[Math.Min(tail.Length, TruncateChunkBytes)];
        for (var at = 0; at < tail.Length;)
        {
            var read = RandomAccess.Read(file, chunk.AsSpan(0, Math.Min(chunk.Length, tail.Length - at)), length + at);
            if (read == 0 || !tail.Slice(at, read).SequenceEqual(chunk.AsSpan(0, read))) return false;
            at += read;
        }

        RandomAccess.SetLength(file, length);
        RandomAccess.FlushToDisk(file);
        return true;
    }

    // Creates a folder and the folders above it, each made durable before anything in it counts. One at a time: a second
    // creator must not find a folder whose entry is not on disk yet.
    private void EnsureFolder(string folder)
    {
        lock (_foldersLock)
        {
            if (Directory.Exists(folder)) return;
            var parent = Path.GetDirectoryName(folder);
            if (parent is not null) EnsureFolder(parent);
            Directory.CreateDirectory(folder);
            if (parent is not null) FolderSync.Sync(parent);
        }
    }

    // Full names in ordinal order, folders with a slash at their end. Files that are not blobs by their name are passed over.
    private List<BlobEntry> Entries(string folder)
    {
        var entries = new List<BlobEntry>();
        try
        {
            foreach (var entry in new DirectoryInfo(Path.Join(_root, folder)).EnumerateFileSystemInfos())
            {
                if (!BlobName.IsValid(entry.Name)) continue;
                if (entry is not FileInfo file) entries.Add(new BlobEntry($"{folder}{entry.Name}/", 0));
                else if (file.Exists) entries.Add(new BlobEntry(folder + file.Name, file.Length));
            }
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }

        entries.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return entries;
    }

    private string PathOf(string name)
    {
        BlobName.Check(name);
        return Path.Join(_root, name);
    }

    private Lock LockOf(string name) => _nameLocks[(uint)string.GetHashCode(name, StringComparison.Ordinal) % _nameLocks.Length];

    private static SafeFileHandle Open(string path, FileMode mode, FileAccess access) =>
        File.OpenHandle(path, mode, access, FileShare.ReadWrite | FileShare.Delete);

    // A disk blocks its thread, so it must not be the caller's: grains run on few.
    private static ValueTask<T> Run<T>(Func<T> action, CancellationToken cancellationToken) =>
        new(Task.Run(() => AsIOException(action), cancellationToken));

    private static T AsIOException<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new IOException(denied.Message, denied);
        }
    }
}
