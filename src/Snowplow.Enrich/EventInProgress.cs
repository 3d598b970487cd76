using Snowplow.Enrich.Entities;
using Snowplow.Enrich.Payloads;
using Snowplow.Events.BadRows;
using Snowplow.Events.Collector;
using Snowplow.Events.Enriched;
using Snowplow.Events.Iglu;

namespace Snowplow.Enrich;

/// <summary>
/// One event on its way through enrichment: what it was, what it has become, what went wrong. Every step reads and writes it;
/// no step ends the event, so that all that is wrong with it stands in one bad row. Reused from event to event.
/// </summary>
internal sealed class EventInProgress : IDisposable
{
    private static readonly SchemaKey AtomicSchema = SchemaKey.Parse("iglu:com.snowplowanalytics.snowplow/atomic/jsonschema/1-0-0");

    private readonly List<DataReport> _parameterErrors = [];

    /// <summary>The enriched event.</summary>
    public EnrichedEventBuilder Fields { get; } = new();

    /// <summary>The request that the event came in.</summary>
    public CollectorPayload Request { get; private set; } = new();

    /// <summary>The payload's raw events, of which this is one.</summary>
    public RawEvents RawEvents { get; private set; } = new();

    /// <summary>The event as the tracker sent it.</summary>
    public RawEvent Raw { get; private set; }

    /// <summary><c>dvce_created_tstamp</c> in milliseconds since the Unix epoch, where the tracker sent a valid one.</summary>
    public long? CreatedMs { get; set; }

    /// <summary><c>dvce_sent_tstamp</c>, likewise.</summary>
    public long? SentMs { get; set; }

    /// <summary><c>true_tstamp</c>, likewise.</summary>
    public long? TrueMs { get; set; }

    /// <summary>The schema of the self-describing event, where there is a valid one.</summary>
    public SchemaKey? SelfDescribingEventSchema { get; set; }

    /// <summary>Where the tracker's contexts stand among the raw parameters.</summary>
    public RawJson? Contexts { get; set; }

    /// <summary>Where the self-describing event stands among the raw parameters.</summary>
    public RawJson? UnstructEvent { get; set; }

    /// <summary>Whether a user's script wants nothing written of the event; further steps are then not run.</summary>
    public bool IsDropped { get; set; }

    /// <summary>What enrichments add beside the fields.</summary>
    public DerivedContexts DerivedContexts { get; } = new();

    /// <summary>Schemas that the event's JSON names and the versions that supersede them, each pair once.</summary>
    public List<(SchemaKey Named, SchemaKey ValidatedWith)> Superseded { get; } = [];

    /// <summary>What is wrong with the derived contexts, found when all steps are through.</summary>
    public List<FailureMessage> OutputViolations { get; } = [];

    /// <summary>What is wrong with the input: parameters, contexts, self-describing event.</summary>
    public List<FailureMessage> InputViolations { get; } = [];

    /// <summary>Which enrichments failed.</summary>
    public List<EnrichmentFailure> Failures { get; } = [];

    /// <summary>Starts another event.</summary>
    public void Begin(CollectorPayload request, RawEvents rawEvents, RawEvent raw)
    {
        Request = request;
        RawEvents = rawEvents;
        Raw = raw;
        CreatedMs = SentMs = TrueMs = null;
        SelfDescribingEventSchema = null;
        Contexts = UnstructEvent = null;
        IsDropped = false;
        Fields.Clear();
        DerivedContexts.Clear();
        InputViolations.Clear();
        OutputViolations.Clear();
        Superseded.Clear();
        Failures.Clear();
        _parameterErrors.Clear();
    }

    /// <summary>Notes that a JSON was validated with a later version than it names.</summary>
    public void NoteSuperseded(SchemaKey named, SchemaKey validatedWith)
    {
        if (!Superseded.Contains((named, validatedWith))) Superseded.Add((named, validatedWith));
    }

    /// <summary>Notes that a parameter's text cannot become its field.</summary>
    public void RefuseParameter(string parameter, string message) =>
        _parameterErrors.Add(new DataReport(message, parameter, "atomic_field_parse_error", []));

    /// <summary>Notes that an enrichment failed on a field.</summary>
    public void FailEnrichment((string SchemaUri, string Identifier)? enrichment, EventField field, string expectation) =>
        FailEnrichment(enrichment, new FieldMessage(EventFields.Name(field), Fields.GetText(field), expectation));

    /// <summary>Notes that an enrichment failed.</summary>
    /// <param name="enrichment">Its configuration's schema and name; null for a step without configuration.</param>
    /// <param name="message">What failed.</param>
    public void FailEnrichment((string SchemaUri, string Identifier)? enrichment, FailureMessage message) =>
        Failures.Add(new EnrichmentFailure(enrichment, message));

    /// <summary>Makes the refused parameters one violation of the atomic schema, the first of all.</summary>
    public void CloseParameters()
    {
        if (_parameterErrors.Count > 0) InputViolations.Insert(0, AtomicViolation([.. _parameterErrors], RawEvents.Pairs(Raw).Where(IsRefused)));

        bool IsRefused(KeyValuePair<string, string?> pair) => _parameterErrors.Exists(error => error.Path == pair.Key);
    }

    /// <summary>A violation of the schema of the atomic fields.</summary>
    /// <param name="reports">What is wrong.</param>
    /// <param name="values">The texts of the parameters or fields concerned.</param>
    public static ValidationMessage AtomicViolation(IReadOnlyList<DataReport> reports, IEnumerable<KeyValuePair<string, string?>> values) =>
        new(AtomicSchema, supersededBy: null, reports) { Origin = FailureOrigin.OfTexts("atomic_field", values) };

    /// <inheritdoc/>
    public void Dispose() => DerivedContexts.Dispose();
}
