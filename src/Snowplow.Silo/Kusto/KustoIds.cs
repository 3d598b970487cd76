namespace Snowplow.Silo.Kusto;

/// <summary>What a request and its answer are known by: in headers, errors and the tables of status.</summary>
/// <param name="ClientRequestId">The client's id, or one made for it.</param>
/// <param name="ActivityId">The server's.</param>
internal sealed record KustoIds(string ClientRequestId, Guid ActivityId)
{
    private const string ClientRequestIdHeader = "x-ms-client-request-id";
    private const string ActivityIdHeader = "x-ms-activity-id";

    /// <summary>The ids of a request; its answer bears them.</summary>
    public static KustoIds Of(HttpContext context)
    {
        // A header of an answer may hold nothing but ASCII.
        var sent = string.Concat(context.Request.Headers[ClientRequestIdHeader].ToString().Select(c => c is >= ' ' and <= '~' ? c : '?'));
        var ids = new KustoIds(sent.Length > 0 ? sent : $"unspecified;{Guid.NewGuid()}", Guid.NewGuid());
        context.Response.Headers[ClientRequestIdHeader] = ids.ClientRequestId;
        context.Response.Headers[ActivityIdHeader] = ids.ActivityId.ToString();
        return ids;
    }
}
