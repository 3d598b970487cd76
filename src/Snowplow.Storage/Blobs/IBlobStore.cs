namespace Snowplow.Storage.Blobs;

/// <summary>
/// Append-only files by name. Names are relative paths of <c>/</c>-separated segments of <c>[A-Za-z0-9._=-]</c>; another
/// name is an <see cref="ArgumentException"/>. What an append or truncation answered is durable. Safe to call from any
/// thread. Implementations: a folder, Azure Blob storage.
/// </summary>
/// <remarks>
/// Infrastructure failures leave every method as <see cref="IOException"/>. After one the outcome is unknown: the
/// caller's next attempt reads what is there.
/// </remarks>
public interface IBlobStore
{
    /// <summary>
    /// Whether a blob's end can be cut off. A store that answers false must append atomically: all of the bytes or none,
    /// to every reader.
    /// </summary>
    bool CanTruncate { get; }

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

    /// <summary>
    /// Cuts a blob's end off, but only while that end is, byte for byte, what the caller has read there. Its length would
    /// not do: of two who recover the same torn tail, the slower must not cut what the faster has appended in its place,
    /// which may be just as long.
    /// </summary>
    /// <param name="name">The blob.</param>
    /// <param name="length">The length to cut to.</param>
    /// <param name="tail">All bytes from <paramref name="length"/> to the end.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether this call cut the blob. False: its end is another one, or the store cannot truncate.</returns>
    ValueTask<bool> TryTruncateAsync(string name, long length, ReadOnlyMemory<byte> tail, CancellationToken cancellationToken);

    /// <summary>
    /// Puts other content in the place of a blob's, but only while that is, byte for byte, what the caller has read; an absent blob is an
    /// empty one, and is created. Whole or not at all, to every reader and after a crash. For small files that several change, and for
    /// tools while nothing lands.
    /// </summary>
    /// <param name="name">The blob.</param>
    /// <param name="content">What the caller has read: all of it.</param>
    /// <param name="replacement">What is to be there.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether the blob holds the replacement. False: it has another content, and nothing was changed.</returns>
    ValueTask<bool> TryReplaceAsync(string name, ReadOnlyMemory<byte> content, ReadOnlyMemory<byte> replacement, CancellationToken cancellationToken);

    /// <summary>Deletes a blob; an absent one is no error.</summary>
    ValueTask DeleteAsync(string name, CancellationToken cancellationToken);
}
