namespace Snowplow.Storage.Blobs;

/// <summary>A blob in a listing.</summary>
/// <param name="Name">The whole name.</param>
/// <param name="Length">Its length in bytes.</param>
public readonly record struct BlobEntry(string Name, long Length);
