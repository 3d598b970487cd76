using System.Text.RegularExpressions;
using Snowplow.Enrich.Enrichments.Configuration;
using Snowplow.Events.BadRows;

namespace Snowplow.Enrich.Enrichments;

/// <summary>Adds an entity <c>http_header</c> for each header of the request whose whole name matches a pattern, case-sensitively.</summary>
/// <param name="id">What bad rows say of the enrichment.</param>
/// <param name="pattern">The pattern, anchored at both ends.</param>
internal sealed class HttpHeaderExtractor((string SchemaUri, string Identifier) id, Regex pattern) : IEnrichment
{
    // For one name. Patterns that backtrack without bound meet it, ordinary ones take microseconds.
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromMilliseconds(100);

    /// <summary>Reads <c>http_header_extractor_config</c>. The pattern is written as for Java; what only Java has is refused.</summary>
    public static Func<IEnrichmentStep>? Read(EnrichmentConfig config)
    {
        try
        {
            var text = config.Parameters.GetProperty("headersPattern").GetString();
            var pattern = new Regex($@"\A(?:{text})\z", RegexOptions.CultureInvariant | RegexOptions.Compiled, MatchTimeout);
            return () => new HttpHeaderExtractor(config.Id, pattern);
        }
        catch (ArgumentException e)
        {
            config.Refuse("headersPattern", $"is no regular expression that .NET understands: {e.Message.TrimEnd('.')}");
            return null;
        }
    }

    /// <inheritdoc/>
    public void Enrich(EventInProgress e)
    {
        for (var i = 0; i < e.Request.Headers?.Count; i++)
        {
            if (!RequestHeader.TryRead(e.Request.Headers[i], out var header) || !IsWanted(e, header.Name)) continue;
            var json = e.DerivedContexts.Begin("iglu:org.ietf/http_header/jsonschema/1-0-0"u8);
            json.WriteStartObject();
            json.WriteString("name"u8, header.Name);
            json.WriteString("value"u8, header.Value);
            json.WriteEndObject();
            e.DerivedContexts.End();
        }
    }

    private bool IsWanted(EventInProgress e, ReadOnlySpan<char> name)
    {
        try
        {
            return pattern.IsMatch(name);
        }
        catch (RegexMatchTimeoutException)
        {
            e.FailEnrichment(id, new ErrorMessage($"matching the header name {name} took longer than {MatchTimeout.TotalMilliseconds} ms; write headersPattern simpler"));
            return false;
        }
    }
}
