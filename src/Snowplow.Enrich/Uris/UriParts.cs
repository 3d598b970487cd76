namespace Snowplow.Enrich.Uris;

/// <summary>
/// The components of a URI as slices of its text, percent-encoding kept. An absent component is an empty slice, an absent or
/// registry-based host too.
/// </summary>
internal ref struct UriParts
{
    public ReadOnlySpan<byte> Scheme;
    public ReadOnlySpan<byte> Host;
    public ReadOnlySpan<byte> Path;
    public ReadOnlySpan<byte> Query;
    public ReadOnlySpan<byte> Fragment;

    /// <summary>The port that the URI states; null where it states none.</summary>
    public int? Port;

    /// <summary>The stated port, else 443 for https and 80 for all others, as Snowplow fills <c>page_urlport</c>.</summary>
    public readonly int EffectivePort => Port ?? (Scheme.SequenceEqual("https"u8) ? 443 : 80);
}
