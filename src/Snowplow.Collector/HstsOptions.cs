namespace Snowplow.Collector;

/// <summary>The header <c>Strict-Transport-Security</c>, on every answer of the server. Off by default.</summary>
public sealed record HstsOptions
{
    /// <summary>Whether it is sent.</summary>
    public bool Enabled { get; init; }

    /// <summary>How long browsers keep to HTTPS for this host and those below it, in whole seconds.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromDays(365);
}
