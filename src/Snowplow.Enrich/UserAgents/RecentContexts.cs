using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Snowplow.Enrich.UserAgents;

/// <summary>
/// The contexts of the user agents seen last, in two generations: a text that is asked for moves to the young one, and when that is
/// full, the old one is forgotten. So the last <see cref="GenerationSize"/> distinct texts are always there and never more than
/// twice as many. Allocates for texts that it does not have only. Not thread-safe.
/// </summary>
internal sealed class RecentContexts
{
    /// <summary>How many texts a generation has; both together take some MB at most.</summary>
    public const int GenerationSize = 1000;

    private readonly UserAgentContext _context;
    private readonly ArrayBufferWriter<byte> _json = new(1024);
    private Dictionary<byte[], byte[]> _young = new(GenerationSize, new ByBytes());
    private Dictionary<byte[], byte[]> _old = new(GenerationSize, new ByBytes());

    /// <summary>Starts empty.</summary>
    public RecentContexts(UserAgentRules rules) => _context = new UserAgentContext(rules);

    /// <summary>The data of <c>ua_parser_context</c> for a user agent, as JSON.</summary>
    /// <param name="userAgent">UTF-8; see <see cref="UserAgentReader.Read"/>.</param>
    public ReadOnlySpan<byte> Find(ReadOnlySpan<byte> userAgent)
    {
        // What is not looked at does not tell texts apart, and must not fill the memory.
        if (userAgent.Length > FoldedText.MaxCharacters) return Write(userAgent);
        if (_young.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(userAgent, out var json)) return json;
        if (_young.Count == GenerationSize)
        {
            (_young, _old) = (_old, _young);
            _young.Clear();
        }

        if (!_old.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(userAgent, out var key, out json)) (key, json) = (userAgent.ToArray(), Write(userAgent).ToArray());
        _young.Add(key, json);
        return json;
    }

    private ReadOnlySpan<byte> Write(ReadOnlySpan<byte> userAgent)
    {
        _json.ResetWrittenCount();
        _context.Write(userAgent, _json);
        return _json.WrittenSpan;
    }

    private sealed class ByBytes : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode([DisallowNull] byte[] obj) => GetHashCode(obj.AsSpan());

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = default(HashCode);
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
