using Snowplow.Enrich.Enrichments.Configuration;

namespace Snowplow.Enrich.Enrichments;

/// <summary>Adds an entity <c>http_cookie</c> for each cookie of the request that the configuration names.</summary>
/// <param name="names">The cookies' names, which are case-sensitive.</param>
internal sealed class CookieExtractor(string[] names) : IEnrichment
{
    /// <summary>Reads <c>cookie_extractor_config</c>.</summary>
    public static Func<IEnrichmentStep> Read(EnrichmentConfig config)
    {
        string[] names = [.. config.Parameters.GetProperty("cookies").EnumerateArray().Select(item => item.GetString()!)];
        return () => new CookieExtractor(names);
    }

    /// <inheritdoc/>
    public void Enrich(EventInProgress e)
    {
        for (var i = 0; i < e.Request.Headers?.Count; i++)
        {
            if (!RequestHeader.TryRead(e.Request.Headers[i], out var header) || !header.Name.Equals("Cookie", StringComparison.OrdinalIgnoreCase)) continue;
            foreach (var range in header.Value.Split(';')) Add(e, header.Value[range].Trim());
        }
    }

    private void Add(EventInProgress e, ReadOnlySpan<char> cookie)
    {
        var equals = cookie.IndexOf('=');
        var name = equals < 0 ? cookie : cookie[..equals].TrimEnd();
        if (!IsWanted(name)) return;
        var json = e.DerivedContexts.Begin("iglu:org.ietf/http_cookie/jsonschema/1-0-0"u8);
        json.WriteStartObject();
        json.WriteString("name"u8, name);
        if (equals < 0) json.WriteNull("value"u8);
        else json.WriteString("value"u8, Unquoted(cookie[(equals + 1)..].TrimStart()));
        json.WriteEndObject();
        e.DerivedContexts.End();
    }

    private bool IsWanted(ReadOnlySpan<char> name)
    {
        foreach (var wanted in names)
        {
            if (name.SequenceEqual(wanted)) return true;
        }

        return false;
    }

    private static ReadOnlySpan<char> Unquoted(ReadOnlySpan<char> value) => value is ['"', .. var inner, '"'] ? inner : value;
}
