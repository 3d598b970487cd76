using System.Buffers;
using System.Buffers.Binary;
using Snowplow.Enrich;
using Snowplow.Events.BadRows;
using Snowplow.Events.Collector;
using Snowplow.Silo.Filters;

namespace Snowplow.Silo.EnrichFilter;

/// <summary>Enriches batches of collector payloads.</summary>
/// <param name="stage">What it enriches with. Owned by the caller.</param>
/// <param name="framing">Lines of JSON, or Thrift after its length.</param>
/// <param name="form">The form of good and failed events.</param>
/// <param name="withFailed">Whether failed events are wanted.</param>
/// <param name="time">The clock of <c>etl_tstamp</c> and bad rows.</param>
internal sealed class EnrichWorker(EnrichStage stage, RecordFraming framing, EventForm form, bool withFailed, TimeProvider time) : IBatchWorker
{
    private readonly EnrichPipeline _pipeline = stage.NewPipeline(time);
    private readonly BadRowWriter _badRows = new(stage.Options.Processor);
    private readonly EventJsonLines _json = new();
    private readonly ArrayBufferWriter<byte> _thrift = new();
    private readonly ArrayBufferWriter<byte> _lines = new();
    private readonly ArrayBufferWriter<byte> _failedLines = new();

    /// <inheritdoc/>
    public async ValueTask ProcessAsync(RecordBatch batch, FilterOutput output)
    {
        var (enriched, failed) = form == EventForm.Tsv ? (output.Good, output.Failed) : (_lines, _failedLines);
        _lines.ResetWrittenCount();
        _failedLines.ResetWrittenCount();
        var rest = batch.Bytes;
        for (var number = batch.First; !rest.IsEmpty; number++)
        {
            if (Next(ref rest, number, output) is not { } thrift) continue;
            var record = PayloadRecord.Of(thrift, number);
            var counts = await _pipeline.ProcessAsync(record, enriched, output.Bad, withFailed ? failed : null, CancellationToken.None).ConfigureAwait(false);
            output.GoodCount += counts.Good;
            output.BadCount += counts.Bad;
        }

        if (form == EventForm.Tsv) return;
        _json.Write(_lines.WrittenMemory, output.Good);
        _json.Write(_failedLines.WrittenMemory, output.Failed);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _json.Dispose();
        _badRows.Dispose();
        _pipeline.Dispose();
    }

    // The next record as Thrift; null where the line is blank or became a bad row.
    private ReadOnlyMemory<byte>? Next(ref ReadOnlyMemory<byte> rest, long number, FilterOutput output)
    {
        if (framing == RecordFraming.LengthPrefixed)
        {
            var thrift = rest.Slice(sizeof(int), BinaryPrimitives.ReadInt32BigEndian(rest.Span));
            rest = rest[(sizeof(int) + thrift.Length)..];
            return thrift;
        }

        var end = rest.Span.IndexOf((byte)'\n');
        var line = rest.Span[..end].Trim(" \t\r"u8);
        rest = rest[(end + 1)..];
        if (line.IsEmpty) return null;
        if (CollectorPayloadJson.TryRead(line, out var payload, out var error)) return PayloadRecord.Serialise(payload, _thrift);
        _badRows.UnreadableLine(output.Bad, time.GetUtcNow(), new ErrorMessage($"line {number + 1}: {error}"), line);
        output.BadCount++;
        return null;
    }
}
