using Snowplow.Events.BadRows;

namespace Snowplow.Enrich.Adapters.Webhooks;

/// <summary>CallRail's post-call webhook: a GET whose query string is the call.</summary>
/// <remarks>
/// All parameters that events have of a query string are left out of the data, which Snowplow does with some of them only; its
/// schema knows none.
/// </remarks>
internal sealed class CallRailAdapter() : WebhookAdapter("com.callrail", "v1", "com.callrail-v1")
{
    private static readonly KeyValueFormat Format = new()
    {
        Booleans = ["first_call", "answered"],
        Integers = ["duration"],
        Times = ["datetime"],
    };

    /// <inheritdoc/>
    protected override IEnumerable<WebhookEvent> Read(WebhookRequest request)
    {
        var call = request.Query.Where(pair => !IsShared(pair.Key)).ToList();
        return call.Count == 0
            ? [WebhookEvent.Refused(new FieldMessage("querystring", request.Payload.Querystring, "must not be empty: it holds the call"))]
            : [WebhookEvent.Of("iglu:com.callrail/call_complete/jsonschema/1-0-2", Format.ToJson(call, name => name))];
    }
}
