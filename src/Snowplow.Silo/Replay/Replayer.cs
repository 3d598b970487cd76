using System.Buffers;
using Snowplow.Enrich;

namespace Snowplow.Silo.Replay;

/// <summary>Sends stored records through a pipeline and writes what comes of them, unit by unit.</summary>
/// <param name="pipeline">The pipeline. Owned by the caller.</param>
/// <param name="output">Folder for the results; null to write nothing.</param>
internal sealed class Replayer(EnrichPipeline pipeline, string? output)
{
    private const int WrittenAtOnce = 1 << 20;
    private readonly ArrayBufferWriter<byte> _good = new();
    private readonly ArrayBufferWriter<byte> _bad = new();

    /// <summary>What was stored, where the stored records themselves say it: bad rows.</summary>
    public ReplayCounts Before { get; } = new();

    /// <summary>What has become of it.</summary>
    public ReplayCounts After { get; } = new();

    /// <summary>Bad rows without a whole payload, which stay what they are.</summary>
    public long Kept { get; private set; }

    /// <summary>Stored records.</summary>
    public long Records { get; private set; }

    /// <summary>Replays one unit.</summary>
    public async Task RunAsync(ReplayUnit unit, CancellationToken stop)
    {
        using var good = output is null ? null : new ReplayFile(Path.Combine(output, "enriched", $"{unit.Name}.tsv.gz"));
        using var bad = output is null ? null : new ReplayFile(Path.Combine(output, "bad", $"{unit.Name}.jsonl.gz"));
        foreach (var record in unit.Records())
        {
            stop.ThrowIfCancellationRequested();
            await RunAsync(record).ConfigureAwait(false);
            if (_good.WrittenCount + _bad.WrittenCount >= WrittenAtOnce) Write(good, bad);
        }

        Write(good, bad);
        good?.Finish();
        bad?.Finish();
    }

    private async ValueTask RunAsync(ReplayRecord record)
    {
        Records++;
        if (record.Type is { } type) Before.AddBad(type);
        if (record.Raw is { } raw)
        {
            After.Good += (await pipeline.ProcessAsync(raw, _good, _bad, CancellationToken.None).ConfigureAwait(false)).Good;
            return;
        }

        Kept++;
        _bad.Write(record.Line.Span);
        _bad.Write("\n"u8);
    }

    private void Write(ReplayFile? good, ReplayFile? bad)
    {
        After.AddBadLines(_bad.WrittenSpan);
        good?.Write(_good.WrittenSpan);
        bad?.Write(_bad.WrittenSpan);
        _good.ResetWrittenCount();
        _bad.ResetWrittenCount();
    }
}
