using System.Text;
using Snowplow.Streams.Local;

namespace Snowplow.Streams.Tests.Local;

public sealed class PowerLossTests
{
    private static readonly int Losses = Environment.GetEnvironmentVariable("SNOWPLOW_TEST_SCALE") == "full" ? 200 : 8;

    [PowerLossFact]
    public async Task Open_AfterAPowerLoss_HasAllThatWasAcknowledged()
    {
        using var disk = new PowerLossDisk();
        // The journal's files take turns after a few rounds, and segments are full after a few more.
        var options = new LocalRawStreamOptions
        {
            Folder = Path.Combine(disk.Path, "log"), Partitions = 4, SegmentSizeBytes = 256 << 10, JournalSizeBytes = 128 << 10,
        };
        await using var stream = TestLog.Open(options);
        var random = new Random(5);
        var acknowledged = 0;
        for (var loss = 0; loss < Losses; loss++)
        {
            var count = random.Next(1, 1500);
            await Task.WhenAll(Enumerable.Range(acknowledged, count).Select(
                n => stream.AppendAsync($"key {n}", Guid.NewGuid(), Encoding.ASCII.GetBytes($"{n}".PadRight(random.Next(5, 600))), CancellationToken.None).AsTask()));
            acknowledged += count;

            using var after = disk.LosePower();
            var log = new RecordedLog();
            await using (var reopened = TestLog.Open(options with { Folder = Path.Combine(after.Path, "log") }, log))
                (await TestLog.ReadAllNumbersAsync(reopened)).Order().ShouldBe(Enumerable.Range(0, acknowledged), $"loss {loss}");
            log.Errors.ShouldBeEmpty();
        }
    }
}
