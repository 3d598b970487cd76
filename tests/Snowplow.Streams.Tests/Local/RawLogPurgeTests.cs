using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Snowplow.Streams.Local;

namespace Snowplow.Streams.Tests.Local;

/// <summary>Records leave a log whose others keep their places.</summary>
public sealed class RawLogPurgeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private LocalRawStreamOptions Options => new() { Folder = Path.Combine(_folder.Path, "raw"), Partitions = 1 };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Rewrite_OfSomeRecords_TakesTheirBytesOutOfAllFilesAndLeavesTheOthersWhereTheyAre()
    {
        await using (var stream = Open())
            foreach (var text in new[] { "bob-1", "ann-1", "ann-2", "bob-2" }) await stream.AppendAsync(0, Guid.NewGuid(), Encoding.ASCII.GetBytes(text), default);

        await RawLogPurge.SettleAsync(Options, TimeProvider.System);
        RawLogFile.All(Options.Folder).Sum(file => RawLogPurge.Rewrite(Options.Folder, file, IsAnn)).ShouldBe(2);
        RawLogFile.All(Options.Folder).Sum(file => RawLogPurge.Rewrite(Options.Folder, file, IsAnn)).ShouldBe(0);

        foreach (var file in Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories)) File.ReadAllBytes(file).AsSpan().IndexOf("ann"u8).ShouldBe(-1, file);
        await using var again = Open();
        await again.AppendAsync(0, Guid.NewGuid(), "cid"u8.ToArray(), default);
        var records = new List<RawRecord>();
        while (records.Count < 5) records.AddRange(await again.ReadAsync(0, records.Count, 1 << 20, default));
        records.Select(record => (record.Position, Encoding.ASCII.GetString(record.Payload.Span))).ShouldBe([(0, "bob-1"), (1, ""), (2, ""), (3, "bob-2"), (4, "cid")]);
    }

    private LocalRawStream Open() => LocalRawStream.Open(Options, TimeProvider.System, NullLogger<LocalRawStream>.Instance);

    private static bool IsAnn(RawRecord record) => record.Payload.Span.StartsWith("ann"u8);
}
