using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Snowplow.Enrich.Assets;
using Snowplow.Enrich.Enrichments.Configuration;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Enrichments;

/// <summary>
/// Says in the entity <c>asn</c>, which the IP lookups add, whether the autonomous system is one that bots come from:
/// <c>likelyBot</c>.
/// </summary>
/// <param name="listed">Numbers that the configuration lists.</param>
/// <param name="file">Numbers of its file; null where there is none.</param>
/// <param name="bypass">Platforms whose events are left alone, in UTF-8.</param>
internal sealed class AsnLookups(FrozenSet<long> listed, Asset<FrozenSet<long>>? file, byte[][] bypass) : IEnrichment
{
    private static readonly EntityType Asn = new("com.snowplowanalytics.snowplow", "asn", 1);

    private byte[] _data = new byte[256];

    /// <summary>Reads <c>asn_lookups</c>.</summary>
    public static Func<IEnrichmentStep>? Read(EnrichmentConfig config, EnrichmentEnvironment environment)
    {
        var parameters = config.Parameters;
        Asset<FrozenSet<long>>? file = null;
        try
        {
            if (parameters.TryGetProperty("botAsnsFile", out var location))
            {
                file = environment.Assets.Load(
                    AssetStore.Location(location.GetProperty("uri").GetString()!, location.GetProperty("database").GetString()!),
                    Path.GetDirectoryName(config.File) ?? "",
                    ReadFile);
            }
        }
        catch (AssetException e)
        {
            config.Refuse("botAsnsFile", e.Message);
            return null;
        }

        var listed = parameters.TryGetProperty("botAsns", out var asns)
            ? asns.EnumerateArray().Select(asn => asn.GetProperty("asn").GetInt64()).ToFrozenSet()
            : [];
        byte[][] bypass = parameters.TryGetProperty("bypassPlatforms", out var platforms)
            ? [.. platforms.EnumerateArray().Select(platform => Encoding.UTF8.GetBytes(platform.GetString()!))]
            : [];
        return () => new AsnLookups(listed, file, bypass);
    }

    /// <inheritdoc/>
    public void Enrich(EventInProgress e)
    {
        if (IsBypassed(e.Fields[EventField.Platform])) return;
        var contexts = e.DerivedContexts;
        for (var i = 0; i < contexts.Count; i++)
        {
            if (!Asn.Matches(contexts.Schema(i))) continue;
            var data = contexts.Data(i).Span;
            var asn = new Entity(contexts.Schema(i), data);
            if (asn.Integer("number"u8) is { } number && asn.Boolean("likelyBot"u8) is null)
                contexts.Replace(i, WithLikelyBot(data, listed.Contains(number) || file?.Current.Contains(number) == true));
        }
    }

    private bool IsBypassed(ReadOnlySpan<byte> platform)
    {
        foreach (var name in bypass)
        {
            if (platform.SequenceEqual(name)) return true;
        }

        return false;
    }

    // The data is compact and has a number, so a comma is in place.
    private ReadOnlySpan<byte> WithLikelyBot(ReadOnlySpan<byte> data, bool isLikelyBot)
    {
        var member = isLikelyBot ? ",\"likelyBot\":true}"u8 : ",\"likelyBot\":false}"u8;
        var length = data.Length - 1 + member.Length;
        if (_data.Length < length) _data = new byte[length];
        data[..^1].CopyTo(_data);
        member.CopyTo(_data.AsSpan(data.Length - 1));
        return _data.AsSpan(0, length);
    }

    // CSV with a header; the first column is the number, with or without "AS" before it.
    private static FrozenSet<long> ReadFile(string path)
    {
        var numbers = new HashSet<long>();
        var at = 0;
        foreach (var line in File.ReadLines(path))
        {
            if (++at == 1 || string.IsNullOrWhiteSpace(line)) continue;
            var text = line.Split(',')[0].Trim().Trim('"');
            if (text.StartsWith("AS", StringComparison.OrdinalIgnoreCase)) text = text[2..];
            if (!uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                throw new FormatException($"line {at} begins with '{text}', which is no number of an autonomous system");
            numbers.Add(number);
        }

        return numbers.ToFrozenSet();
    }
}
