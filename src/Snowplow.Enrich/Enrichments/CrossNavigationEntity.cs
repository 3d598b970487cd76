using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using Snowplow.Enrich.Enrichments.Configuration;
using Snowplow.Enrich.Entities;
using Snowplow.Enrich.Parameters;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Enrichments;

/// <summary>
/// Adds all that a <see cref="CrossNavigationLink"/> tells as an entity <c>cross_navigation</c>, where it has its first two parts.
/// </summary>
/// <remarks>
/// Whoever makes a link can write anything into it: a session that is no UUID and a platform that is unknown are left out
/// rather than that they make the event bad.
/// </remarks>
/// <param name="id">What bad rows say of the enrichment.</param>
internal sealed class CrossNavigationEntity((string SchemaUri, string Identifier) id) : IEnrichment
{
    private byte[] _link = new byte[256];
    private byte[] _decoded = new byte[256];

    /// <summary>Reads <c>cross_navigation_config</c>, which has no parameters.</summary>
    public static Func<IEnrichmentStep> Read(EnrichmentConfig config) => () => new CrossNavigationEntity(config.Id);

    /// <inheritdoc/>
    public void Enrich(EventInProgress e)
    {
        var link = CrossNavigationLink.Find(e.Fields[EventField.PageUrlquery], ref _link);
        var user = CrossNavigationLink.Next(ref link);
        var timestamp = CrossNavigationLink.Next(ref link);
        // A timestamp that is none was noted by the step that fills the fields.
        if (user.IsEmpty || !Utf8.IsValid(user) || !long.TryParse(timestamp, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var ms) || !EventTime.IsInRange(ms))
            return;

        var json = e.DerivedContexts.Begin("iglu:com.snowplowanalytics.snowplow/cross_navigation/jsonschema/1-0-0"u8);
        json.WriteStartObject();
        json.WriteString("domain_user_id"u8, user);
        json.WriteString("timestamp"u8, DateTimeOffset.FromUnixTimeMilliseconds(ms).UtcDateTime);
        var session = CrossNavigationLink.Next(ref link);
        if (session.Length == 36 && Utf8Parser.TryParse(session, out Guid _, out var length, 'D') && length == 36) json.WriteString("session_id"u8, session);
        WriteDecoded(e, json, "user_id"u8, CrossNavigationLink.Next(ref link));
        WriteDecoded(e, json, "source_id"u8, CrossNavigationLink.Next(ref link));
        var platform = CrossNavigationLink.Next(ref link);
        if (KnownNames.IsPlatform(platform)) json.WriteString("source_platform"u8, platform);
        WriteDecoded(e, json, "reason"u8, CrossNavigationLink.Next(ref link));
        json.WriteEndObject();
        e.DerivedContexts.End();
    }

    private void WriteDecoded(EventInProgress e, Utf8JsonWriter json, ReadOnlySpan<byte> name, ReadOnlySpan<byte> part)
    {
        if (part.IsEmpty) return;
        if (Base64Text.TryDecode(part, ref _decoded, out var text) && Utf8.IsValid(text.Span)) json.WriteString(name, text.Span);
        else e.FailEnrichment(id, EventField.PageUrlquery, $"{System.Text.Encoding.UTF8.GetString(name)} in _sp must be base64url of UTF-8 text");
    }
}
