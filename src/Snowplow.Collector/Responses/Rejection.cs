namespace Snowplow.Collector.Responses;

/// <summary>Why a request is not accepted.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Reason">The tag <c>reason</c> of the metric.</param>
/// <param name="Text">The answer's body: what is wrong and what to do.</param>
internal sealed record Rejection(int Status, string Reason, string Text)
{
    public static readonly Rejection TooLarge = new(413, "too_large", "the request body is larger than this collector takes: send fewer events at once");

    public static readonly Rejection CorruptEncoding = new(400, "corrupt_encoding", "the request body is not the gzip that its Content-Encoding says");

    public static readonly Rejection TimedOut = new(408, "timeout", "the request body took too long to arrive");

    public static readonly Rejection Overloaded = new(503, "overloaded", "too many requests are being received: send again later");

    public static readonly Rejection Unavailable = new(503, "stream_unavailable", "events cannot be stored at the moment: send again later");

    /// <summary>The client went away before its body was complete. Nobody reads this answer.</summary>
    public static readonly Rejection Aborted = new(499, "aborted", "");

    /// <summary>A body that breaks the rules of HTTP, with the server's own status for it.</summary>
    public static Rejection Malformed(int status) => new(status, "malformed", "the request body is not valid HTTP");
}
