using System.Diagnostics;
using Snowplow.Streams.Local;

namespace Snowplow.Streams.Tests.Local;

public sealed class LocalRawStreamCrashTests : IDisposable
{
    private static readonly int Rounds = Environment.GetEnvironmentVariable("SNOWPLOW_TEST_SCALE") == "full" ? 50 : 4;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_AfterTheWriterWasKilledUnderLoad_HasAllThatWasAcknowledged()
    {
        var acknowledged = new HashSet<string>();
        var random = new Random(2024);
        for (var round = 0; round < Rounds; round++)
        {
            acknowledged.UnionWith(await AppendUntilKilledAsync(round, random.Next(1, 3000)));

            var log = new RecordedLog();
            await using var stream = TestLog.Open(new LocalRawStreamOptions { Folder = _folder.Path }, log);
            var stored = await TestLog.ReadAllAsync(stream);

            acknowledged.Except(stored).ShouldBeEmpty($"after round {round}");
            stored.Count.ShouldBe(stored.Distinct().Count());
            log.Errors.ShouldBeEmpty();
        }
    }

    private async Task<List<string>> AppendUntilKilledAsync(int round, int acknowledgements)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(Program).Assembly.Location, _folder.Path, $"{round}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var lines = new List<string>();
        while (lines.Count < acknowledgements && await process.StandardOutput.ReadLineAsync() is { } line) lines.Add(line);
        lines.Count.ShouldBe(acknowledgements, "the process ended by itself");
        process.Kill();
        // What it wrote before it died was acknowledged too; a last line without its end was not read to the end by anybody.
        var rest = await process.StandardOutput.ReadToEndAsync();
        lines.AddRange(rest.Split('\n')[..^1]);
        await process.WaitForExitAsync();
        return lines;
    }
}
