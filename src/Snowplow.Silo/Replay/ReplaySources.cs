using Snowplow.Enrich;
using Snowplow.Events.BadRows;
using Snowplow.Events.Collector;
using Snowplow.Silo.EnrichFilter;
using Snowplow.Silo.Filters;
using Snowplow.Silo.Serve;
using Snowplow.Storage.Landing;
using Snowplow.Streams.Local;

namespace Snowplow.Silo.Replay;

/// <summary>Finds what is stored. Nothing is locked or changed: a server may be at work on the same folder.</summary>
internal static class ReplaySources
{
    /// <summary>What is to be replayed.</summary>
    /// <exception cref="StartupException">A source is not there, or two would give results of one name.</exception>
    public static IReadOnlyList<ReplayUnit> Find(ReplayConfig config)
    {
        CheckNames(config);
        var badRows = InputFile.Find(config.BadRows, ".jsonl", ".jsonl.gz").Select(file => BadRows(file.Root, file.Path, config));
        try
        {
            var raw = config.RawLog is null ? [] : RawLogFile.All(config.RawLog);
            return Distinct([.. raw.Select(file => Raw(file, config)), .. badRows]);
        }
        catch (InvalidDataException none)
        {
            throw new StartupException($"{none.Message}. --raw takes the server's data folder.");
        }
    }

    private static List<ReplayUnit> Distinct(List<ReplayUnit> units)
    {
        if (units.GroupBy(unit => unit.Name).FirstOrDefault(group => group.Count() > 1)?.ToList() is { } twins)
            throw new StartupException($"{twins[0].Source} and {twins[1].Source} would give results of one name; name a folder above both, or replay one after the other.");
        return units;
    }

    // Results are named after their sources and replace what is there: it must be neither a source nor what a server has written.
    private static void CheckNames(ReplayConfig config)
    {
        if (config.Raw is { } raw && config.Output is not null && FullPath(raw) == FullPath(config.Output))
            throw new StartupException($"'{config.Output}' is the server's own folder: name another one by --output.");
        foreach (var (root, path) in InputFile.Find(config.BadRows, ".jsonl", ".jsonl.gz"))
        {
            var name = Path.GetRelativePath(root.Length == 0 ? "." : root, path);
            if (!name.Contains(".jsonl", StringComparison.Ordinal))
                throw new StartupException($"'{path}' must be named *.jsonl or *.jsonl.gz, since its results are named after it.");
            if (config.Output is { } output && FullPath(path) == FullPath(Path.Combine(output, "bad", name)))
                throw new StartupException($"The results of '{path}' would take its place: name another folder by --output.");
        }

        static string FullPath(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
    }

    private static ReplayUnit Raw(RawLogFile file, ReplayConfig config)
    {
        var partition = new PartitionName(file.Stream, file.Partition).ToString();
        return new ReplayUnit($"{partition}-{file.First:D20}", $"The raw log's file of {partition} from {file.First}", file.SizeBytes, Records);

        IEnumerable<ReplayRecord> Records()
        {
            foreach (var record in file.Read(config.FromPosition))
            {
                if (record.Payload.IsEmpty) continue; // Purged.
                if ((config.From ?? config.Until) is not null && !config.Includes(TimeOf(record.Payload))) continue;
                yield return new ReplayRecord(new RawPayload(record.PayloadId, partition, record.Position, record.Payload), null, default);
            }
        }
    }

    // Null for bytes that are no collector payload.
    private static DateTimeOffset? TimeOf(ReadOnlyMemory<byte> thrift) =>
        CollectorPayloadReader.TryRead(thrift, out var payload, out _) && payload.TimestampMs is > 0 and < 253_402_300_800_000
            ? DateTimeOffset.FromUnixTimeMilliseconds(payload.TimestampMs)
            : null;

    private static ReplayUnit BadRows(string root, string path, ReplayConfig config)
    {
        var relative = Path.GetRelativePath(root.Length == 0 ? "." : root, path);
        return new ReplayUnit(relative[..relative.LastIndexOf(".jsonl", StringComparison.Ordinal)], path, new FileInfo(path).Length, Records);

        IEnumerable<ReplayRecord> Records()
        {
            using var file = InputFile.Open(path);
            using var lines = new StreamReader(file);
            var number = 0L;
            while (lines.ReadLine() is { } text)
            {
                number++;
                if (text.Length == 0) continue;
                var line = System.Text.Encoding.UTF8.GetBytes(text);
                if (!StoredBadRow.TryRead(line, out var row, out var error)) throw new StartupException($"{path}, line {number}: {error}.");
                if ((config.Types.Count > 0 && !config.Types.Contains(row.Type)) || !config.Includes(row.Time)) continue;
                yield return new ReplayRecord(row.Thrift is { } thrift ? PayloadRecord.Of(thrift, number) : null, row.Type, line);
            }
        }
    }
}
