using Snowplow.Enrich.Uris;

namespace Snowplow.Enrich.Enrichments;

/// <summary>
/// The parameter <c>_sp</c> that Snowplow's web tracker adds to links to other domains: <c>{domain_userid}.{ms since epoch}</c> and up to
/// five more parts, separated by dots: session, user (base64url), source (base64url), its platform, reason (base64url).
/// </summary>
internal static class CrossNavigationLink
{
    private const int MaxParts = 7;

    /// <summary>Finds it in a query string.</summary>
    /// <param name="query">The query string of the page's URL.</param>
    /// <param name="buffer">Receives the decoded text; made larger as needed.</param>
    /// <returns>The decoded text; empty where there is none, or one of more than seven parts.</returns>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> query, ref byte[] buffer)
    {
        var pairs = new FormPairs(query);
        while (pairs.MoveNext())
        {
            if (!pairs.Name.SequenceEqual("_sp"u8)) continue;
            if (buffer.Length < pairs.Value.Length) buffer = new byte[pairs.Value.Length];
            var link = buffer.AsSpan(0, FormEncoding.Decode(pairs.Value, buffer));
            return link.Count((byte)'.') < MaxParts ? link : default;
        }

        return default;
    }

    /// <summary>Takes the next part off the front of the text.</summary>
    public static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> link)
    {
        var dot = link.IndexOf((byte)'.');
        var part = dot < 0 ? link : link[..dot];
        link = dot < 0 ? default : link[(dot + 1)..];
        return part;
    }
}
