using Snowplow.Streams.Local;

namespace Snowplow.Streams.Tests.Local;

/// <summary>Records of 1040 bytes: a segment holds four, ten records lie in [0,4), [4,8) and the active [8,10).</summary>
public sealed class LocalRawStreamRetentionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, 3)]
    [InlineData(3, 3)]
    [InlineData(4, 2)]
    [InlineData(7, 2)]
    [InlineData(8, 1)]
    [InlineData(10, 1)]
    public async Task Release_WhenNothingIsToBeKept_DeletesOnlyWhatIsWhollyBefore(long position, int segmentsLeft)
    {
        await using var stream = await OpenWithTenAsync(o => o with { RetainedSizeBytes = 0 });

        await stream.ReleaseAsync(0, position, CancellationToken.None);

        TestLog.Segments(_folder.Path).Length.ShouldBe(segmentsLeft);
        (await TestLog.ReadNumbersAsync(stream, position)).Select(r => r.Position).ShouldBe(Enumerable.Range((int)position, 10 - (int)position).Select(n => (long)n));
    }

    [Theory]
    [InlineData(2 * 4160, 3)]
    [InlineData((2 * 4160) - 1, 2)]
    [InlineData(4160, 2)]
    [InlineData(4159, 1)]
    public async Task Release_WhenASizeIsKept_DeletesTheOldestBeyondIt(long bytes, int segmentsLeft)
    {
        await using var stream = await OpenWithTenAsync(o => o with { RetainedSizeBytes = bytes });

        await stream.ReleaseAsync(0, 10, CancellationToken.None);

        TestLog.Segments(_folder.Path).Length.ShouldBe(segmentsLeft);
    }

    [Fact]
    public async Task Release_WhenSegmentsAreTooOld_DeletesThoseReleased()
    {
        await using var stream = await OpenWithTenAsync(o => o with { RetainedAge = TimeSpan.FromDays(7) });
        await stream.ReleaseAsync(0, 5, CancellationToken.None);
        TestLog.Segments(_folder.Path).Length.ShouldBe(3);

        _time.Now += TimeSpan.FromDays(7.1);
        await stream.ReleaseAsync(0, 5, CancellationToken.None);

        TestLog.Segments(_folder.Path).Length.ShouldBe(2);
    }

    [Fact]
    public async Task Release_OfAnEarlierPosition_TakesNothingBack()
    {
        await using var stream = await OpenWithTenAsync(o => o with { RetainedSizeBytes = 0 });
        await stream.ReleaseAsync(0, 8, CancellationToken.None);

        await stream.ReleaseAsync(0, 0, CancellationToken.None);

        (await TestLog.ReadNumbersAsync(stream)).Select(r => r.Position).ShouldBe([8, 9]);
    }

    [Fact]
    public async Task Open_AfterAllClosedSegmentsAreGone_GoesOnAtTheNextPosition()
    {
        await using (var stream = await OpenWithTenAsync(o => o with { RetainedSizeBytes = 0 }))
            await stream.ReleaseAsync(0, 10, CancellationToken.None);

        await using var reopened = Open(o => o);

        (await reopened.GetEndAsync(0, CancellationToken.None)).ShouldBe(10);
    }

    [Fact]
    public async Task Append_WhenTheActiveSegmentIsADayOld_BeginsANewOne()
    {
        await using var stream = Open(o => o);
        await TestLog.AppendNumbersAsync(stream, 0, 1);

        _time.Now += TimeSpan.FromDays(1.1);
        await TestLog.AppendNumbersAsync(stream, 1, 1);

        TestLog.Segments(_folder.Path).Length.ShouldBe(2);
        (await TestLog.ReadNumbersAsync(stream)).ShouldBe([(0, "0"), (1, "1")]);
    }

    [Fact]
    public async Task Read_WhileRetentionDeletes_NeverFails()
    {
        await using var stream = Open(o => o with { RetainedSizeBytes = 0 });
        const int Total = 400;
        var appends = TestLog.AppendNumbersAsync(stream, 0, Total, size: 1000);
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));

        // A second reader at the beginning meets segments that are being deleted.
        var straggler = Task.Run(async () =>
        {
            long last;
            do last = (await stream.ReadAsync(0, 0, 3000, timeout.Token))[^1].Position;
            while (last < Total - 10);
        });
        for (var position = 0L; position < Total;)
        {
            foreach (var record in await stream.ReadAsync(0, position, 3000, timeout.Token)) record.Position.ShouldBe(position++);
            await stream.ReleaseAsync(0, position, timeout.Token);
        }

        await appends;
        await straggler;
    }

    private async Task<LocalRawStream> OpenWithTenAsync(Func<LocalRawStreamOptions, LocalRawStreamOptions> change)
    {
        var stream = Open(change);
        await TestLog.AppendNumbersAsync(stream, 0, 10, size: 1000);
        return stream;
    }

    private LocalRawStream Open(Func<LocalRawStreamOptions, LocalRawStreamOptions> change) =>
        LocalRawStream.Open(change(TestLog.Options(_folder.Path)), _time, new RecordedLog());
}
