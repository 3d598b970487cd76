using System.Text;
using Snowplow.Streams.Local;

namespace Snowplow.Streams.Tests.Local;

public sealed class LocalRawStreamFailureTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Append_WhenASegmentCannotBeCreated_IsUnavailableUntilItCan()
    {
        await using var stream = TestLog.Open(_folder.Path);
        await TestLog.AppendNumbersAsync(stream, 0, 4, size: 1000);
        var obstacle = Directory.CreateDirectory(Path.Combine(_folder.Path, "000", "00000000000000000004.log"));

        await Should.ThrowAsync<RawStreamUnavailableException>(() => TestLog.AppendNumbersAsync(stream, 4, 1));
        stream.Problem.ShouldNotBeNull().ShouldContain("00000000000000000004.log");
        (await TestLog.ReadNumbersAsync(stream)).Count.ShouldBe(4);

        obstacle.Delete();
        await AppendUntilStoredAsync(stream, "4");

        stream.Problem.ShouldBeNull();
        (await TestLog.ReadNumbersAsync(stream)).ShouldBe([(0, "0"), (1, "1"), (2, "2"), (3, "3"), (4, "4")]);
    }

    [SmallDiskFact]
    public async Task Append_WhenTheDiskIsFull_IsUnavailableAndHealsWhenSpaceReturns()
    {
        using var disk = new SmallDisk(1 << 20);
        var folder = Path.Combine(disk.Path, "log");
        var log = new RecordedLog();
        await using (var stream = TestLog.Open(TestLog.Options(folder) with { SegmentSizeBytes = 1 << 20 }, log))
        {
            var ballast = Path.Combine(disk.Path, "ballast");
            await File.WriteAllBytesAsync(ballast, new byte[512 << 10]);
            var stored = await FillAsync(stream);
            stream.Problem.ShouldNotBeNull().ShouldContain("space");
            (await TestLog.ReadNumbersAsync(stream)).Count.ShouldBe(stored);

            File.Delete(ballast);
            await AppendUntilStoredAsync(stream, "after");

            stream.Problem.ShouldBeNull();
            var records = await TestLog.ReadNumbersAsync(stream);
            records.Select(r => r.Position).ShouldBe(Enumerable.Range(0, stored + 1).Select(n => (long)n));
            records[^1].Number.ShouldBe("after");
            // Nothing of the failed append or of the probe is left behind the last record.
            new FileInfo(TestLog.Segments(folder)[0]).Length.ShouldBe((stored * 5040) + 45);
        }

        await using var reopened = TestLog.Open(folder, log);
        (await TestLog.ReadNumbersAsync(reopened))[^1].Number.ShouldBe("after");
        log.Lines.ShouldNotContain(l => l.Text.Contains("damaged", StringComparison.Ordinal));
    }

    [SmallDiskFact]
    public async Task Append_OfManyWhileTheDiskIsFull_StoresWhatItAcknowledgesAndNothingElse()
    {
        using var disk = new SmallDisk(1 << 20);
        var folder = Path.Combine(disk.Path, "log");
        await using var stream = TestLog.Open(TestLog.Options(folder) with { SegmentSizeBytes = 256 << 10 });

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 600).Select(n => Task.Run(async () => (Number: n, Stored: await TryAppendAsync(stream, $"{n}".PadRight(5000))))));

        outcomes.ShouldContain(o => !o.Stored);
        (await TestLog.ReadNumbersAsync(stream)).Select(r => r.Number).ShouldBe(outcomes.Where(o => o.Stored).Select(o => $"{o.Number}"), ignoreOrder: true);
    }

    private static async Task<int> FillAsync(LocalRawStream stream)
    {
        for (var n = 0; n < 10_000; n++)
            if (!await TryAppendAsync(stream, $"{n}".PadRight(5000))) return n;
        throw new InvalidOperationException("the disk did not fill");
    }

    private static async Task AppendUntilStoredAsync(LocalRawStream stream, string text)
    {
        using var timeout = new CancellationTokenSource(Patience);
        while (!await TryAppendAsync(stream, text)) await Task.Delay(20, timeout.Token);
    }

    private static async Task<bool> TryAppendAsync(LocalRawStream stream, string text)
    {
        try
        {
            await stream.AppendAsync("key", Guid.NewGuid(), Encoding.ASCII.GetBytes(text), CancellationToken.None);
            return true;
        }
        catch (RawStreamUnavailableException)
        {
            return false;
        }
    }
}
