using System.Security.Cryptography;
using System.Text;
using Snowplow.Enrich.Enrichments.Configuration;
using Snowplow.Enrich.JsonSchema;
using Snowplow.Enrich.Payloads;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Enrichments;

/// <summary>
/// <c>event_fingerprint</c>: a hash of the event's raw parameters, by which copies of an event are told from events that only
/// share its id. Parameters are sorted by name, empty ones left out; each goes in as name, U+001F, value, U+001F.
/// </summary>
/// <param name="algorithm">The hash.</param>
/// <param name="excluded">Names of parameters that differ between copies.</param>
internal sealed class EventFingerprint(HashAlgorithmName algorithm, byte[][] excluded) : IEnrichment
{
    private const byte Separator = 0x1f;

    // A buffer beyond this is not kept for the next event.
    private const int KeptBytes = 1 << 20;

    private readonly Utf8NameTable _excluded = new(excluded);
    private (RawParameter Parameter, int Order)[] _parameters = new (RawParameter, int)[64];
    private byte[] _text = new byte[8 * 1024];

    /// <summary>Reads <c>event_fingerprint_config</c>.</summary>
    public static Func<IEnrichmentStep> Read(EnrichmentConfig config)
    {
        var algorithm = new HashAlgorithmName(config.Parameters.GetProperty("hashAlgorithm").GetString());
        byte[][] excluded = [.. config.Parameters.GetProperty("excludeParameters").EnumerateArray().Select(item => item.GetString()!).Distinct().Select(Encoding.UTF8.GetBytes)];
        return () => new EventFingerprint(algorithm, excluded);
    }

    /// <inheritdoc/>
    public void Enrich(EventInProgress e)
    {
        var parameters = Collect(e);
        SmallSort.Sort(parameters, new ByName(e.RawEvents));
        var length = 0;
        for (var i = 0; i < parameters.Length; i++)
        {
            var parameter = parameters[i].Parameter;
            var name = e.RawEvents.Name(parameter);
            var isOverridden = i + 1 < parameters.Length && name.SequenceEqual(e.RawEvents.Name(parameters[i + 1].Parameter));
            if (isOverridden || parameter.ValueLength == 0 || _excluded.Find(name) >= 0) continue;
            Append(name, ref length);
            Append(e.RawEvents.Value(parameter), ref length);
        }

        Span<byte> hash = stackalloc byte[SHA512.HashSizeInBytes];
        Span<byte> hex = stackalloc byte[SHA512.HashSizeInBytes * 2];
        var written = CryptographicOperations.HashData(algorithm, _text.AsSpan(0, length), hash);
        Convert.TryToHexStringLower(hash[..written], hex, out var digits);
        e.Fields.SetClean(EventField.EventFingerprint, hex[..digits]);
        if (_text.Length > KeptBytes) _text = new byte[8 * 1024];
    }

    // The event's own parameters, then the query string's, which win: of equal names the last one counts.
    private Span<(RawParameter Parameter, int Order)> Collect(EventInProgress e)
    {
        var count = e.Raw.ParameterCount + e.RawEvents.QueryCount;
        if (_parameters.Length < count) _parameters = new (RawParameter, int)[count];
        for (var i = 0; i < e.Raw.ParameterCount; i++) _parameters[i] = (e.RawEvents.Parameter(e.Raw.FirstParameter + i), i);
        for (var i = 0; i < e.RawEvents.QueryCount; i++) _parameters[e.Raw.ParameterCount + i] = (e.RawEvents.Parameter(i), e.Raw.ParameterCount + i);
        return _parameters.AsSpan(0, count);
    }

    private void Append(ReadOnlySpan<byte> text, ref int length)
    {
        if (_text.Length <= length + text.Length) Array.Resize(ref _text, Math.Max(_text.Length * 2, length + text.Length + 1));
        text.CopyTo(_text.AsSpan(length));
        length += text.Length;
        _text[length++] = Separator;
    }

    private readonly struct ByName(RawEvents events) : IComparer<(RawParameter Parameter, int Order)>
    {
        public int Compare((RawParameter Parameter, int Order) x, (RawParameter Parameter, int Order) y)
        {
            var order = events.Name(x.Parameter).SequenceCompareTo(events.Name(y.Parameter));
            return order != 0 ? order : x.Order.CompareTo(y.Order);
        }
    }
}
