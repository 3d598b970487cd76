using System.Buffers.Text;
using System.Text;

namespace Snowplow.Enrich.JsonSchema;

/// <summary>A <c>minimum</c> or <c>maximum</c>, exclusive or not.</summary>
internal sealed class NumberLimit
{
    private readonly string _keyword;
    private readonly bool _isExclusive;
    private readonly byte[] _text;
    private readonly long? _integer;

    public NumberLimit(string keyword, string text, bool isExclusive)
    {
        _keyword = keyword;
        _isExclusive = isExclusive;
        _text = Encoding.ASCII.GetBytes(text);
        if (_text.Length <= 18 && Utf8Parser.TryParse(_text, out long integer, out var read) && read == _text.Length)
            _integer = integer;
    }

    /// <summary>How a value compares with the limit.</summary>
    public int Compare(long value, ReadOnlySpan<byte> text) => _integer is { } limit ? value.CompareTo(limit) : Compare(text);

    /// <inheritdoc cref="Compare(long, ReadOnlySpan{byte})"/>
    public int Compare(ReadOnlySpan<byte> text) => JsonNumber.Parse(text).CompareTo(JsonNumber.Parse(_text));

    /// <summary>Checks a comparison that is positive on the allowed side of the limit.</summary>
    public bool Check(int side, ref SchemaRun run)
    {
        if (side > 0 || (side == 0 && !_isExclusive))
            return true;
        if (run.Report is null)
            return false;

        var limit = Encoding.ASCII.GetString(_text);
        var but = _isExclusive ? $"{limit} (exclusive)" : limit;
        return run.Violates(_keyword, $"is beyond the {_keyword} of {but}", limit);
    }
}
