using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Snowplow.Events.BadRows;
using Snowplow.Events.Collector;

namespace Snowplow.Enrich.Adapters.Webhooks;

/// <summary>A webhook's request and the ways to read its body.</summary>
/// <remarks>
/// A body without a content type is read as what it should be; Snowplow refuses it. Where one is given, its media type must be
/// right, parameters and case aside; Snowplow compares the whole text.
/// </remarks>
/// <param name="payload">The request; its body is valid UTF-8.</param>
/// <param name="query">Its query string's pairs.</param>
internal sealed class WebhookRequest(CollectorPayload payload, IEnumerable<KeyValuePair<string, string?>> query)
{
    /// <summary>The request.</summary>
    public CollectorPayload Payload { get; } = payload;

    /// <summary>The query string, in its order; of a repeated name the last value counts, and null stands for an empty one.</summary>
    public OrderedDictionary<string, string?> Query { get; } = LastOfEach(query);

    /// <summary>The body as text; empty where there is none.</summary>
    public string Body => Payload.Body is { } body ? Encoding.UTF8.GetString(body.Span) : "";

    /// <summary>Reads a body that must be JSON.</summary>
    public bool TryReadJson(out JsonElement json, [NotNullWhen(false)] out FailureMessage? failure)
    {
        json = default;
        return HasBodyOf(MediaType.Json, out failure) && JsonTree.TryParse(Payload.Body!.Value.Span, "body", out json, out failure);
    }

    /// <summary>Reads a body that must be form-encoded pairs.</summary>
    public bool TryReadForm([NotNullWhen(true)] out OrderedDictionary<string, string>? form, [NotNullWhen(false)] out FailureMessage? failure)
    {
        form = HasBodyOf(MediaType.Form, out failure) ? FormText.Read(Payload.Body!.Value.Span) : null;
        return form is not null;
    }

    private bool HasBodyOf(string mediaType, [NotNullWhen(false)] out FailureMessage? failure)
    {
        failure = Payload.Body is null ? new FieldMessage("body", null, "must not be empty: it holds the event")
            : Payload.ContentType is { } type && !MediaType.Is(type, mediaType) ? new FieldMessage("contentType", type, $"must be {mediaType}")
            : null;
        return failure is null;
    }

    private static OrderedDictionary<string, string?> LastOfEach(IEnumerable<KeyValuePair<string, string?>> pairs)
    {
        var last = new OrderedDictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (name, value) in pairs) last[name] = value;
        return last;
    }
}
