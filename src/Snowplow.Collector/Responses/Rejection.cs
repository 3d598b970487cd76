namespace Snowplow.Collector.Responses;

/// <summary>Why a request is not accepted.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Reason">The tag <c>reason</c> of the metric.</param>
/// <param name="Text">The answer's body: what is wrong and what to do.</param>
internal sealed record Rejection(int Status, string Reason, string Text)
{
    public static readonly Rejection TooLarge = new(413, "too_large", "the request body is larger than this collector takes: send fewer events at once");

    public static readonly Rejection CorruptEncoding = new(400, "corrupt_encoding", "the request body is not what its Content-Encoding says");

    public static readonly Rejection UnknownEncoding = new(415, "unknown_encoding", "this collector takes bodies as they are, in gzip or in zstd: send one of these as Content-Encoding");

    /// <summary>403, which trackers do not send again by default.</summary>
    public static readonly Rejection ForeignApp = new(403, "foreign_app", "an event's app_id (aid) is not one that this collector takes");

    public static readonly Rejection TooMany = new(429, "rate_limited", "too many requests from one address: send again later");

    /// <summary>Stored all the same: the event happened, though it leads nowhere.</summary>
    public static readonly Rejection BadRedirect = new(400, "bad_redirect", "the parameter u must be an http or https URL of a host that this collector redirects to");

    public static readonly Rejection RedirectsDisabled = new(404, "redirects_disabled", "redirects disabled");

    public static readonly Rejection TimedOut = new(408, "timeout", "the request body took too long to arrive");

    public static readonly Rejection Overloaded = new(503, "overloaded", "too many requests are being received: send again later");

    public static readonly Rejection Unavailable = new(503, "stream_unavailable", "events cannot be stored at the moment: send again later");

    /// <summary>The client went away before its body was complete. Nobody reads this answer.</summary>
    public static readonly Rejection Aborted = new(499, "aborted", "");

    /// <summary>A body that breaks the rules of HTTP, with the server's own status for it.</summary>
    public static Rejection Malformed(int status) => new(status, "malformed", "the request body is not valid HTTP");
}
