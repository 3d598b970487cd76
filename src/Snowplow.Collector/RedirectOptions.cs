namespace Snowplow.Collector;

/// <summary>Click redirects, <c>/r/tp2?u=…</c>: spec §7. Off by default, and never open to all targets by accident.</summary>
public sealed record RedirectOptions
{
    /// <summary>Whether <c>/r/…</c> redirects; otherwise it is 404. A path mapped to <c>/r/…</c> redirects in any case.</summary>
    public bool Enabled { get; init; }

    /// <summary>The hosts that may be redirected to, exactly as listed.</summary>
    public IReadOnlyList<string> Domains { get; init; } = [];

    /// <summary>Whether any host may be redirected to: an open redirect, which phishers look for.</summary>
    public bool AllowAnyDomain { get; init; }

    /// <summary>Whether <see cref="MacroPlaceholder"/> in the target is replaced by the network user id.</summary>
    public bool MacroEnabled { get; init; }

    /// <summary>What stands for the network user id in the target.</summary>
    public string MacroPlaceholder { get; init; } = "${SP_NUID}";

    internal IEnumerable<string> Validate(bool isUsed)
    {
        if (isUsed && Domains.Count == 0 && !AllowAnyDomain)
            yield return $"{nameof(Domains)} must list the hosts that may be redirected to (or set {nameof(AllowAnyDomain)}, which makes an open redirect)";
        if (Domains.Count > 0 && AllowAnyDomain) yield return $"{nameof(AllowAnyDomain)} makes {nameof(Domains)} void: set one of them";
        foreach (var domain in Domains)
        {
            if (Uri.CheckHostName(domain) == UriHostNameType.Unknown) yield return $"{nameof(Domains)} must be host names, one is '{domain}'";
        }

        if (MacroPlaceholder.Length == 0) yield return $"{nameof(MacroPlaceholder)} must not be empty";
    }
}
