namespace Snowplow.Collector.Cookies;

/// <summary>The network user id of a request: spec §2, steps 10 and 11.</summary>
/// <param name="Value">The id; all zeros for an anonymous request.</param>
/// <param name="IsFromClient">Whether the client sent it. Otherwise it is new, or stands for nobody.</param>
internal readonly record struct NetworkUserId(string Value, bool IsFromClient)
{
    /// <summary>What anonymous requests get.</summary>
    public static readonly NetworkUserId Anonymous = new(Guid.Empty.ToString(), false);

    /// <summary>
    /// Takes the query parameter <c>nuid</c>, else the cookie, else the fallback if there is one, else a new random id. A value that is no UUID counts as
    /// absent: enrich would refuse the whole payload for it.
    /// </summary>
    public static NetworkUserId Of(string? parameter, string? cookie, string? fallback = null)
    {
        if (IsUuid(parameter)) return new(parameter!, true);
        return IsUuid(cookie) ? new(cookie!, true) : new(fallback ?? Guid.NewGuid().ToString(), false);
    }

    private static bool IsUuid(string? text) => Guid.TryParseExact(text, "D", out _);
}
