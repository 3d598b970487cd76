using Snowplow.Storage.Blobs;

namespace Snowplow.Storage.Tests.Blobs;

public sealed class TruncatingMemoryBlobStoreTests : BlobStoreContract
{
    protected override IBlobStore Store { get; } = new MemoryBlobStore(canTruncate: true);
}

public sealed class AppendOnlyMemoryBlobStoreTests : BlobStoreContract
{
    protected override IBlobStore Store { get; } = new MemoryBlobStore(canTruncate: false);
}
