namespace Snowplow.Storage.Blobs;

/// <summary>
/// Append-only files by name. Names are relative paths of <c>/</c>-separated segments of <c>[A-Za-z0-9._=-]</c>. What an
/// append or truncation answered is durable. Implementations: a folder, Azure Blob storage.
/// </summary>
/// <remarks>Infrastructure failures leave every method as <see cref="IOException"/>; the caller's next attempt reads what is there.</remarks>
public interface IBlobStore
{
    /// <summary>The blob's length in bytes, or null where there is none of that name.</summary>
    ValueTask<long?> GetLengthAsync(string name, CancellationToken cancellationToken);

    /// <summary>
    /// Appends only if the blob has exactly the expected length; an absent blob has length 0 and is created. Of several
    /// concurrent appends at one length, one wins.
    /// </summary>
    /// <returns>Whether the bytes were appended. False: the blob has another length, and nothing was changed.</returns>
    ValueTask<bool> TryAppendAsync(string name, long expectedLength, ReadOnlyMemory<byte> data, CancellationToken cancellationToken);

    /// <summary>Reads up to <paramref name="buffer"/>'s length from an offset.</summary>
    /// <returns>The bytes read; fewer than asked for only at the end. 0 at or behind the end, or where there is no such blob.</returns>
    ValueTask<int> ReadAsync(string name, long offset, Memory<byte> buffer, CancellationToken cancellationToken);

    /// <summary>The blobs whose name begins with a prefix (any text, not only whole segments), in ordinal order of their names.</summary>
    IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>Cuts a blob's end off, where the store can: append blobs cannot be cut.</summary>
    /// <returns>Whether the blob now has the given length.</returns>
    ValueTask<bool> TryTruncateAsync(string name, long length, CancellationToken cancellationToken);

    /// <summary>Deletes a blob; an absent one is no error.</summary>
    ValueTask DeleteAsync(string name, CancellationToken cancellationToken);
}
