using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Snowplow.Streams.Local;

namespace Snowplow.Streams.Tests;

/// <summary>
/// The process that the crash test kills: appends to the log in a folder from many tasks at once and writes each
/// acknowledged payload as a line to standard output. Ends only by being killed, or when its standard input does.
/// </summary>
internal static class Program
{
    private const int Appenders = 32;

    private static async Task<int> Main(string[] arguments)
    {
        if (arguments is not [var folder, var round]) return 2;
        var options = new LocalRawStreamOptions { Folder = folder, Partitions = 4, SegmentSizeBytes = 64 << 10 };
        await using var stream = LocalRawStream.Open(options, TimeProvider.System, NullLogger<LocalRawStream>.Instance);
        using var output = Console.OpenStandardOutput();
        using var ended = new CancellationTokenSource();
        var appenders = Enumerable.Range(0, Appenders).Select(a => Task.Run(() => AppendAsync($"{round}-{a}", stream, output, ended.Token))).ToArray();
        await Console.In.ReadToEndAsync();
        await ended.CancelAsync();
        await Task.WhenAll(appenders);
        return 0;
    }

    private static async Task AppendAsync(string key, LocalRawStream stream, Stream output, CancellationToken ended)
    {
        var random = new Random(key.Length);
        for (var n = 0; !ended.IsCancellationRequested; n++)
        {
            var line = Encoding.ASCII.GetBytes($"{key}-{n}-{new string('x', random.Next(2000))}\n");
            await stream.AppendAsync(key, Guid.NewGuid(), line, CancellationToken.None);
            lock (output) output.Write(line);
        }
    }
}
