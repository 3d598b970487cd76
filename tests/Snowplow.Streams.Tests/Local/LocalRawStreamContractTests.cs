using Snowplow.Streams.Local;

namespace Snowplow.Streams.Tests.Local;

public sealed class LocalRawStreamContractTests : RawStreamContract
{
    private readonly TemporaryFolder _folder = new();

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _folder.Dispose();
    }

    protected override Task<IRawStream> OpenAsync(int partitions) =>
        Task.FromResult<IRawStream>(TestLog.Open(new LocalRawStreamOptions { Folder = _folder.Path, Partitions = partitions, SegmentSizeBytes = 16 << 10 }));
}
