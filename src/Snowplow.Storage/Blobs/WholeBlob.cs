namespace Snowplow.Storage.Blobs;

/// <summary>Reads blobs that are replaced whole, at one moment: beside <see cref="IBlobStore.TryReplaceAsync"/>, a length and a read may be of two contents.</summary>
public static class WholeBlob
{
    /// <summary>All of a blob's content; empty where there is no such blob.</summary>
    /// <exception cref="IOException">The store failed.</exception>
    public static async ValueTask<byte[]> ReadWholeAsync(this IBlobStore blobs, string name, CancellationToken cancellationToken)
    {
        while (true)
        {
            // One byte more than there is: what fills it was longer by then.
            var content = new byte[(await blobs.GetLengthAsync(name, cancellationToken) ?? 0) + 1];
            var read = await blobs.ReadAsync(name, 0, content, cancellationToken);
            if (read < content.Length) return content[..read];
        }
    }
}
