using System.Buffers;
using System.Text;
using Snowplow.Enrich.Adapters;
using Snowplow.Enrich.Enrichments;
using Snowplow.Enrich.Iglu;
using Snowplow.Enrich.Parameters;
using Snowplow.Enrich.Payloads;
using Snowplow.Events.Collector;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Explain;

/// <summary>
/// Sends a payload's events through a pipeline one by one and says what became of each parameter and what the enrichments did.
/// The judgement is the pipeline's own. Not thread-safe.
/// </summary>
public sealed class PayloadExplainer : IDisposable
{
    private const string Partition = "explained";

    private readonly StepTrace _trace = new();
    private readonly EnrichPipeline _pipeline;

    /// <summary>Builds the pipeline; the arguments are those of <see cref="EnrichPipeline"/>.</summary>
    public PayloadExplainer(EnrichOptions options, EnrichmentSet enrichments, SelfDescribingValidator validator, TimeProvider time) =>
        _pipeline = new EnrichPipeline(options, enrichments.Traced(_trace), validator, time);

    /// <summary>Explains one payload.</summary>
    public async ValueTask<PayloadExplanation> ExplainAsync(CollectorPayload payload, CancellationToken cancellationToken)
    {
        var events = new RawEvents();
        var record = Serialise(payload);
        if (!PayloadDecoder.TryDecode(record, events, out var decoded, out var api, out _)
            || AdapterRegistry.Find(api) is not { } adapter || adapter.Adapt(decoded, events) is not null)
        {
            var (_, badRow) = await EnrichAsync(record, cancellationToken);
            return new PayloadExplanation(badRow, []);
        }

        var explained = new List<EventExplanation>();
        for (var i = 0; i < events.Count; i++)
        {
            var raw = events[i];
            var parameters = events.Pairs(raw);
            var (line, badRow) = await EnrichAsync(Serialise(events.PayloadOf(raw, decoded)), cancellationToken);
            explained.Add(new EventExplanation([.. parameters.Select(Explain)], _trace.Changes, line, badRow));
        }

        return new PayloadExplanation(null, explained);
    }

    /// <inheritdoc/>
    public void Dispose() => _pipeline.Dispose();

    private ParameterExplanation Explain(KeyValuePair<string, string?> pair)
    {
        var index = TrackerParameters.Find(Encoding.UTF8.GetBytes(pair.Key));
        if (index == TrackerParameters.Unknown) return new ParameterExplanation(pair.Key, pair.Value, null, null, IsKnown: false);
        var parameter = TrackerParameters.All[index];
        if (parameter.Rule == ParameterRule.Ignored) return new ParameterExplanation(pair.Key, pair.Value, null, null, IsKnown: true);
        var (column, became) = (EventFields.Name(parameter.Field), _trace.Before[(int)parameter.Field]);
        if (parameter.Rule == ParameterRule.Dimensions)
        {
            column = $"{column}, {EventFields.Name(parameter.Field + 1)}";
            if (became is not null) became = $"{became}, {_trace.Before[(int)parameter.Field + 1]}";
        }

        return new ParameterExplanation(pair.Key, pair.Value, column, became, IsKnown: true);
    }

    // The first line of each output; a payload of one event has one of the two.
    private async ValueTask<(string? Line, string? BadRow)> EnrichAsync(ReadOnlyMemory<byte> record, CancellationToken cancellationToken)
    {
        var (enriched, badRows) = (new ArrayBufferWriter<byte>(), new ArrayBufferWriter<byte>());
        _trace.Clear();
        await _pipeline.ProcessAsync(new RawPayload(null, Partition, 0, record), enriched, badRows, cancellationToken);
        return (FirstLine(enriched), FirstLine(badRows));
    }

    private static string? FirstLine(ArrayBufferWriter<byte> lines) =>
        lines.WrittenCount == 0 ? null : Encoding.UTF8.GetString(lines.WrittenSpan[..lines.WrittenSpan.IndexOf((byte)'\n')]);

    private static ReadOnlyMemory<byte> Serialise(CollectorPayload payload)
    {
        var thrift = new ArrayBufferWriter<byte>();
        CollectorPayloadWriter.Write(payload, thrift);
        return thrift.WrittenMemory;
    }
}
