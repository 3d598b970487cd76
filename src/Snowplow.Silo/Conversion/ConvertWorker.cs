using Snowplow.Events.BadRows;
using Snowplow.Events.Enriched;
using Snowplow.Silo.EnrichFilter;
using Snowplow.Silo.Filters;

namespace Snowplow.Silo.Conversion;

/// <summary>Converts batches of enriched TSV to lines of JSON; lines that are no events become <c>loader_parsing_error</c>s.</summary>
/// <param name="processor">The program that bad rows name.</param>
internal sealed class ConvertWorker(Processor processor) : IBatchWorker
{
    private readonly BadRowWriter _badRows = new(processor);
    private readonly EventJsonLines _json = new();

    /// <inheritdoc/>
    public ValueTask ProcessAsync(RecordBatch batch, FilterOutput output)
    {
        // Runs of lines with the right number of fields are indexed as one batch; the others are bad by themselves.
        var rest = batch.Bytes;
        var run = 0;
        while (run < rest.Length)
        {
            var end = run + rest.Span[run..].IndexOf((byte)'\n');
            var line = rest.Span[run..end];
            if (line.IsEmpty || EnrichedEventCheck.CheckFieldCount(line) is not { } fault)
            {
                if (!line.IsEmpty)
                {
                    run = end + 1;
                    continue;
                }

                ConvertRun(rest[..run], output);
            }
            else
            {
                ConvertRun(rest[..run], output);
                Refuse(fault, line, output);
            }

            rest = rest[(end + 1)..];
            run = 0;
        }

        ConvertRun(rest[..run], output);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _json.Dispose();
        _badRows.Dispose();
    }

    private void ConvertRun(ReadOnlyMemory<byte> lines, FilterOutput output)
    {
        var events = EnrichedBatch.Parse(lines);
        for (var i = 0; i < events.Count; i++)
        {
            var e = events[i];
            if (EnrichedEventCheck.Check(e) is { } fault)
            {
                Refuse(fault, e.Line, output);
                continue;
            }

            _json.Write(e, output.Good);
            output.GoodCount++;
        }
    }

    private void Refuse(EnrichedLineFault fault, ReadOnlySpan<byte> line, FilterOutput output)
    {
        _badRows.LoaderParsingError(output.Bad, fault, line);
        output.BadCount++;
    }
}
