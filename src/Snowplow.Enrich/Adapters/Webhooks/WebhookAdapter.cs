using System.Text;
using Snowplow.Enrich.Payloads;
using Snowplow.Events.BadRows;
using Snowplow.Events.Collector;

namespace Snowplow.Enrich.Adapters.Webhooks;

/// <summary>
/// A third party's webhook. Its events are self-describing events of that party's schemas; of the query string, which whoever
/// set up the webhook has written, they have only what concerns the tracker protocol: <c>nuid</c>, <c>aid</c>, <c>cv</c>,
/// <c>eid</c>, <c>ttm</c>, <c>url</c> and <c>p</c>, each where it is not empty.
/// </summary>
/// <remarks>
/// Differences from Snowplow's enrich, for all webhooks and all in favour of keeping events: an event that is bad alone is a bad
/// row alone, which holds it alone, while the request's other events go on; there the whole request fails. Content types:
/// see <see cref="WebhookRequest"/>. Escapes of a form body that are none stand for themselves; there the request fails.
/// </remarks>
/// <param name="vendor">The first segment of its path.</param>
/// <param name="version">The second segment.</param>
/// <param name="tracker">What its events have as <c>tv</c>.</param>
internal abstract class WebhookAdapter(string vendor, string version, string tracker) : IAdapter
{
    private static readonly string[] SharedNames = ["nuid", "aid", "cv", "eid", "ttm", "url", "p"];

    /// <inheritdoc/>
    public string Vendor => vendor;

    /// <inheritdoc/>
    public string Version => version;

    /// <inheritdoc/>
    public BadRowType FailureType => BadRowType.AdapterFailures;

    /// <summary>Whether events have a parameter of the query string, so that it is no data of theirs.</summary>
    public static bool IsShared(string name) => SharedNames.Contains(name);

    /// <inheritdoc/>
    public IReadOnlyList<FailureMessage>? Adapt(CollectorPayload payload, RawEvents events)
    {
        events.ShareOnly(parameter => parameter.ValueLength > 0 && IsShared(Encoding.UTF8.GetString(events.Name(parameter))));
        var request = new WebhookRequest(payload, events.QueryPairs());
        foreach (var e in Read(request))
        {
            if (events.Count == RawEvents.MaxCount)
            {
                events.ClearEvents();
                return [new FieldMessage("body", $"more than {RawEvents.MaxCount} events", $"at most {RawEvents.MaxCount} events in one request")];
            }

            Add(e, events);
        }

        return events.Count > 0 ? null : [new FieldMessage("body", request.Body, "must hold at least one event")];
    }

    /// <summary>
    /// What is in a request. A request that cannot be read at all is one refused event; no event at all is refused by the
    /// caller.
    /// </summary>
    protected abstract IEnumerable<WebhookEvent> Read(WebhookRequest request);

    private void Add(WebhookEvent e, RawEvents events)
    {
        var first = events.ParameterCount;
        if (e.Failure is null)
        {
            events.AddParameter("e"u8, "ue"u8);
            Add("tv", tracker);
            events.AddParameter("p"u8, "srv"u8);
            foreach (var (name, value) in e.Parameters) Add(name, value);
            if (e.Entities.Count > 0) events.AddParameter("co"u8, SelfDescribingText.Contexts(e.Entities).Span);
            events.AddParameter("ue_pr"u8, SelfDescribingText.UnstructEvent(e.Schema!, e.Data).Span);
        }

        events.EndEvent(first, e.Body, e.Request);
        if (e.Failure is not null) events.Fail(events.Count - 1, [e.Failure]);

        void Add(string name, string value) => events.AddParameter(Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(value));
    }
}
