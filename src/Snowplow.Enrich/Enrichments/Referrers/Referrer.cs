namespace Snowplow.Enrich.Enrichments.Referrers;

/// <summary>A place that visitors come from.</summary>
/// <param name="Medium"><c>refr_medium</c> in UTF-8: <c>search</c>, <c>social</c>, <c>email</c>, <c>paid</c>, <c>chatbot</c>, or another name.</param>
/// <param name="Source"><c>refr_source</c> in UTF-8: <c>Google</c>.</param>
/// <param name="Parameters">The query parameters in which it gives the search term.</param>
internal sealed record Referrer(byte[] Medium, byte[] Source, byte[][] Parameters)
{
    /// <summary>Whether it is listed only so that it is not taken for another source on the same domain (a help page, say).</summary>
    public bool IsUnknown { get; } = Medium.AsSpan().SequenceEqual("unknown"u8);
}
