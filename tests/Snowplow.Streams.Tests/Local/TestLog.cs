using System.Globalization;
using System.Text;
using Snowplow.Streams.Local;

namespace Snowplow.Streams.Tests.Local;

/// <summary>A one-partition local log and what tests do with it.</summary>
internal static class TestLog
{
    public static LocalRawStreamOptions Options(string folder) => new() { Folder = folder, Partitions = 1, SegmentSizeBytes = 4096 };

    public static LocalRawStream Open(string folder, RecordedLog? log = null) => Open(Options(folder), log);

    public static LocalRawStream Open(LocalRawStreamOptions options, RecordedLog? log = null) =>
        LocalRawStream.Open(options, TimeProvider.System, log ?? new RecordedLog());

    /// <summary>Appends payloads "0", "1", … padded to a size, one batch each.</summary>
    public static async Task AppendNumbersAsync(LocalRawStream stream, int from, int count, int size = 8)
    {
        for (var n = from; n < from + count; n++)
            await stream.AppendAsync("key", Guid.NewGuid(), Encoding.ASCII.GetBytes($"{n}".PadRight(size)), CancellationToken.None);
    }

    /// <summary>All that partition 0 serves, each record's payload as the number it is.</summary>
    public static async Task<List<(long Position, string Number)>> ReadNumbersAsync(LocalRawStream stream, long from = 0)
    {
        var all = new List<(long, string)>();
        var end = await stream.GetEndAsync(0, CancellationToken.None);
        for (var position = from; position < end;)
        {
            using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            var records = await stream.ReadAsync(0, position, 1 << 20, timeout.Token);
            all.AddRange(records.Select(r => (r.Position, Encoding.ASCII.GetString(r.Payload.Span).TrimEnd())));
            position = records[^1].Position + 1;
        }

        return all;
    }

    /// <summary>The payloads of all partitions as the numbers that they are; positions without a gap.</summary>
    public static async Task<List<int>> ReadAllNumbersAsync(LocalRawStream stream) =>
        [.. (await ReadAllAsync(stream)).Select(text => int.Parse(text, CultureInfo.InvariantCulture))];

    /// <summary>The payloads of all partitions, without the space at their ends; positions without a gap.</summary>
    public static async Task<List<string>> ReadAllAsync(LocalRawStream stream)
    {
        var all = new List<string>();
        for (var partition = 0; partition < stream.PartitionCount; partition++)
        {
            var end = await stream.GetEndAsync(partition, CancellationToken.None);
            for (var position = 0L; position < end;)
            {
                foreach (var record in await stream.ReadAsync(partition, position, 1 << 20, CancellationToken.None))
                {
                    record.Position.ShouldBe(position++);
                    all.Add(Encoding.ASCII.GetString(record.Payload.Span).TrimEnd());
                }
            }
        }

        return all;
    }

    public static string[] Segments(string folder) => [.. Directory.GetFiles(Path.Combine(folder, "000"), "*.log").Order(StringComparer.Ordinal)];
}
