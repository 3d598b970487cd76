using System.Text.Json.Nodes;
using Snowplow.Events.BadRows;
using Snowplow.Events.Collector;

namespace Snowplow.Enrich.Adapters.Webhooks;

/// <summary>What an adapter makes of one event of a webhook: a self-describing event, or the reason why it is none.</summary>
internal sealed record WebhookEvent
{
    private WebhookEvent()
    {
    }

    /// <summary>The Iglu URI of the event's schema; null where it is refused.</summary>
    public string? Schema { get; private init; }

    /// <summary>The event.</summary>
    public JsonNode? Data { get; private init; }

    /// <summary>Why it is refused; null where it is not.</summary>
    public FailureMessage? Failure { get; private init; }

    /// <summary>
    /// A body that holds this event alone, so that its bad row can be replayed without the others; null where the request has
    /// no other event.
    /// </summary>
    public byte[]? Body { get; init; }

    /// <summary>The request as the event tells it: a visit that a log line is about. Null where it is the webhook's own.</summary>
    public CollectorPayload? Request { get; init; }

    /// <summary>Further parameters of the tracker protocol; they win over the webhook's <c>tv</c> and <c>p</c>.</summary>
    public IReadOnlyList<(string Name, string Value)> Parameters { get; init; } = [];

    /// <summary>The entities that come with the event, each self-describing JSON.</summary>
    public IReadOnlyList<JsonNode> Entities { get; init; } = [];

    /// <summary>An event.</summary>
    public static WebhookEvent Of(string schema, JsonNode? data) => new() { Schema = schema, Data = data };

    /// <summary>A refusal, of one event or of the whole request.</summary>
    public static WebhookEvent Refused(FailureMessage failure) => new() { Failure = failure };
}
