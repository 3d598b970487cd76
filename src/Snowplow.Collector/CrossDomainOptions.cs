namespace Snowplow.Collector;

/// <summary>Flash's <c>/crossdomain.xml</c>. Off by default.</summary>
public sealed record CrossDomainOptions
{
    /// <summary>Whether there is one.</summary>
    public bool Enabled { get; init; }

    /// <summary>The domains that have access; all if none is listed.</summary>
    public IReadOnlyList<string> Domains { get; init; } = [];

    /// <summary>Whether access is by HTTPS only.</summary>
    public bool Secure { get; init; } = true;
}
