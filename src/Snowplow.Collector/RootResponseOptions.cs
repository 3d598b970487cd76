namespace Snowplow.Collector;

/// <summary>What <c>GET /</c> is answered. Off by default.</summary>
public sealed record RootResponseOptions
{
    /// <summary>Whether the collector answers there.</summary>
    public bool Enabled { get; init; }

    /// <summary>The status.</summary>
    public int StatusCode { get; init; } = 302;

    /// <summary>Headers, such as <c>Location</c>.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The body, <c>text/plain</c> unless a header says otherwise.</summary>
    public string Body { get; init; } = "";

    internal IEnumerable<string> Validate()
    {
        if (StatusCode is < 200 or > 599) yield return $"{nameof(StatusCode)} must be 200 to 599, is {StatusCode}";
        // These have no body on the wire.
        if (StatusCode is 204 or 205 or 304 && Body.Length > 0) yield return $"{nameof(Body)} must be empty with status {StatusCode}";
        foreach (var (name, value) in Headers)
        {
            if (!Cookies.CollectorCookieOptions.IsName(name)) yield return $"{nameof(Headers)} must have header names, one is '{name}'";
            if (value.AsSpan().ContainsAnyExceptInRange(' ', '~')) yield return $"{nameof(Headers)}:{name} must be printable ASCII";
        }
    }
}
