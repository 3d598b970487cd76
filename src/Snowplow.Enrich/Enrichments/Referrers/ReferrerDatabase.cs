using System.Text;
using System.Text.Json;
using Snowplow.Enrich.JsonSchema;

namespace Snowplow.Enrich.Enrichments.Referrers;

/// <summary>
/// Referrers by host and path, read from the standard format of referer-parser databases:
/// <c>{medium: {source: {"domains": ["google.com", "google.com/images"], "parameters": ["q"], "utm_sources": ["google"]}}}</c>. Immutable.
/// </summary>
internal sealed class ReferrerDatabase
{
    // The longest name that DNS has.
    private const int MaxHostLength = 255;

    // Longer paths than this are not looked up whole.
    private const int MaxPathLength = 255;

    private static readonly Lazy<ReferrerDatabase> Own = new(ReadBuiltIn);

    private readonly Utf8NameTable _names;
    private readonly Referrer[] _referrers;
    private readonly Utf8NameTable _utmSources;
    private readonly Referrer[] _utmReferrers;
    private readonly int _maxPathLength;

    private ReferrerDatabase(Dictionary<string, Referrer> byDomain, Dictionary<string, Referrer> byUtmSource)
    {
        _utmSources = new Utf8NameTable([.. byUtmSource.Keys.Select(Encoding.UTF8.GetBytes)]);
        _utmReferrers = [.. byUtmSource.Values];
        _names = new Utf8NameTable([.. byDomain.Keys.Select(Encoding.UTF8.GetBytes)]);
        _referrers = [.. byDomain.Values];
        _maxPathLength = byDomain.Keys.Select(PathLength).DefaultIfEmpty().Max();
    }

    /// <summary>The list that comes with this program.</summary>
    public static ReferrerDatabase BuiltIn => Own.Value;

    /// <summary>Reads a database file.</summary>
    /// <exception cref="FormatException">It has another form; the message says where.</exception>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static ReferrerDatabase Read(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        return Read(document.RootElement);
    }

    /// <summary>Reads a database. A domain or <c>utm_source</c> that stands in it twice belongs to the last source.</summary>
    /// <exception cref="FormatException">It has another form; the message says where.</exception>
    public static ReferrerDatabase Read(JsonElement media)
    {
        var (byDomain, byUtmSource) = (new Dictionary<string, Referrer>(), new Dictionary<string, Referrer>());
        foreach (var medium in Members(media, "the database"))
        {
            foreach (var source in Members(medium.Value, medium.Name))
            {
                var place = $"{medium.Name}.{source.Name}";
                if (source.Value.ValueKind != JsonValueKind.Object) throw new FormatException($"{place} must be an object with 'domains'");
                var parameters = Texts(source.Value, "parameters", place).Select(Encoding.UTF8.GetBytes);
                var referrer = new Referrer(Encoding.UTF8.GetBytes(medium.Name), Encoding.UTF8.GetBytes(source.Name), [.. parameters]);
                foreach (var domain in Texts(source.Value, "domains", place)) byDomain[LowerHost(domain)] = referrer;
                foreach (var name in Texts(source.Value, "utm_sources", place)) byUtmSource[name] = referrer;
            }
        }

        return new ReferrerDatabase(byDomain, byUtmSource);
    }

    /// <summary>
    /// The referrer that knows an address best: by the whole path, by its first segment, by the host alone, each time first with
    /// the whole host and then without its leading labels one after the other.
    /// </summary>
    /// <param name="host">The host, in any case.</param>
    /// <param name="path">The path, which may be empty.</param>
    public Referrer? Find(ReadOnlySpan<byte> host, ReadOnlySpan<byte> path)
    {
        if (host.Length > MaxHostLength) return null;
        Span<byte> name = stackalloc byte[MaxHostLength + MaxPathLength];
        Ascii.ToLower(host, name, out var hostLength);
        if (hostLength < host.Length) return null;
        path[..Math.Min(path.Length, _maxPathLength)].CopyTo(name[hostLength..]);

        var segment = path.IsEmpty ? -1 : path[1..].IndexOf((byte)'/');
        return (path.IsEmpty ? null : Find(name, hostLength, path.Length))
            ?? (segment <= 0 ? null : Find(name, hostLength, segment + 1))
            ?? Find(name, hostLength, 0);
    }

    /// <summary>The referrer that puts this <c>utm_source</c> into its links; exact, case included.</summary>
    public Referrer? FindUtmSource(ReadOnlySpan<byte> value) => _utmSources.Find(value) is >= 0 and var index ? _utmReferrers[index] : null;

    private Referrer? Find(ReadOnlySpan<byte> name, int hostLength, int pathLength)
    {
        if (pathLength > _maxPathLength) return null;
        var rest = name[..(hostLength + pathLength)];
        while (true)
        {
            if (_names.Find(rest) is >= 0 and var index) return _referrers[index];
            var dot = rest[..(rest.Length - pathLength)].IndexOf((byte)'.');
            if (dot < 0) return null;
            rest = rest[(dot + 1)..];
        }
    }

    private static ReferrerDatabase ReadBuiltIn()
    {
        using var resource = typeof(ReferrerDatabase).Assembly.GetManifestResourceStream("referrers.json")
            ?? throw new InvalidOperationException("The built-in list of referrers is not embedded.");
        using var document = JsonDocument.Parse(resource);
        return Read(document.RootElement);
    }

    private static JsonElement.ObjectEnumerator Members(JsonElement json, string place) =>
        json.ValueKind == JsonValueKind.Object ? json.EnumerateObject() : throw new FormatException($"{place} must be an object");

    private static IEnumerable<string> Texts(JsonElement source, string name, string place)
    {
        if (!source.TryGetProperty(name, out var list) || list.ValueKind == JsonValueKind.Null) return [];
        if (list.ValueKind != JsonValueKind.Array || list.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String))
            throw new FormatException($"{place}.{name} must be a list of texts");
        return list.EnumerateArray().Select(item => item.GetString()!);
    }

    private static string LowerHost(string domain)
    {
        var hostLength = domain.Length - PathLength(domain);
        return string.Concat(domain[..hostLength].ToLowerInvariant(), domain.AsSpan(hostLength, Math.Min(PathLength(domain), MaxPathLength)));
    }

    private static int PathLength(string domain)
    {
        var slash = domain.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? 0 : domain.Length - slash;
    }
}
