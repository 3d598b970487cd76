using System.Buffers;
using System.Runtime.ExceptionServices;
using Snowplow.Enrich;

namespace Snowplow.Silo.Replay;

/// <summary>Sends stored records through a pipeline and writes what comes of them, unit by unit. Not thread-safe.</summary>
/// <param name="pipeline">The pipeline; owned from now on.</param>
/// <param name="landed">Counts what becomes of raw records.</param>
/// <param name="output">Folder for the results; null to write nothing.</param>
internal sealed class Replayer(EnrichPipeline pipeline, LandedOutcomes landed, string? output) : IDisposable
{
    private const int WrittenAtOnce = 1 << 20;
    private readonly ArrayBufferWriter<byte> _good = new();
    private readonly ArrayBufferWriter<byte> _bad = new();

    /// <summary>The bad rows that were replayed.</summary>
    public ReplayCounts Before { get; } = new();

    /// <summary>What has become of them.</summary>
    public ReplayCounts After { get; } = new();

    /// <summary>Bad rows without a whole payload, which stay what they are.</summary>
    public long Kept { get; private set; }

    /// <summary>Stored records.</summary>
    public long Records { get; private set; }

    /// <summary>Replays one unit.</summary>
    /// <exception cref="InvalidDataException">It cannot be read to its end; the results hold what precedes.</exception>
    public async Task RunAsync(ReplayUnit unit, CancellationToken stop)
    {
        using var good = output is null ? null : new ReplayFile(Path.Combine(output, "enriched", $"{unit.Name}.tsv.gz"));
        using var bad = output is null ? null : new ReplayFile(Path.Combine(output, "bad", $"{unit.Name}.jsonl.gz"));
        ExceptionDispatchInfo? damage = null;
        try
        {
            foreach (var record in unit.Records())
            {
                stop.ThrowIfCancellationRequested();
                await RunAsync(record).ConfigureAwait(false);
                if (_good.WrittenCount + _bad.WrittenCount >= WrittenAtOnce) Write(good, bad);
            }
        }
        catch (InvalidDataException torn)
        {
            damage = ExceptionDispatchInfo.Capture(torn);
        }

        Write(good, bad);
        good?.Finish();
        bad?.Finish();
        damage?.Throw();
    }

    /// <inheritdoc/>
    public void Dispose() => pipeline.Dispose();

    private async ValueTask RunAsync(ReplayRecord record)
    {
        Records++;
        var (start, good) = (_bad.WrittenCount, 0L);
        if (record.Raw is { } raw)
        {
            good = (await pipeline.ProcessAsync(raw, _good, _bad, CancellationToken.None).ConfigureAwait(false)).Good;
            if (record.Type is null)
            {
                landed.Add(raw, good, _bad.WrittenSpan[start..]);
                return;
            }
        }
        else
        {
            Kept++;
            _bad.Write(record.Line.Span);
            _bad.Write("\n"u8);
        }

        Before.AddBad(record.Type!);
        After.Good += good;
        After.AddBadLines(_bad.WrittenSpan[start..]);
    }

    private void Write(ReplayFile? good, ReplayFile? bad)
    {
        good?.Write(_good.WrittenSpan);
        bad?.Write(_bad.WrittenSpan);
        _good.ResetWrittenCount();
        _bad.ResetWrittenCount();
    }
}
