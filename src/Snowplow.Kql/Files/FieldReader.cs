namespace Snowplow.Kql.Files;

/// <summary>Cuts lines into fields.</summary>
internal ref struct FieldReader(ReadOnlySpan<byte> utf8, byte delimiter, bool isQuoted)
{
    private readonly ReadOnlySpan<byte> _utf8 = utf8;
    private byte[] _unquoted = [];
    private bool _isLineDone;

    /// <summary>The field that was read last.</summary>
    public ReadOnlySpan<byte> Field { get; private set; }

    /// <summary>Where reading goes on.</summary>
    public int Place { get; private set; }

    /// <summary>Whether the line that was read last ended where the bytes end, and not with a line break.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Whether there is no further line.</summary>
    public readonly bool IsAtEnd => Place >= _utf8.Length;

    /// <summary>Reads the next field; false at the end of each line, after which the next line follows.</summary>
    public bool Next()
    {
        if (_isLineDone)
        {
            _isLineDone = false;
            return false;
        }

        var rest = _utf8[Place..];
        if (isQuoted && rest.Length > 0 && rest[0] == '"')
        {
            ReadQuoted(rest);
            return true;
        }

        var end = rest.IndexOfAny(delimiter, (byte)'\n');
        if (end < 0) end = rest.Length;
        Field = rest[..end];
        Finish(rest, end);
        if (_isLineDone && Field.EndsWith("\r"u8)) Field = Field[..^1];
        return true;
    }

    private void ReadQuoted(ReadOnlySpan<byte> rest)
    {
        var close = rest[1..].IndexOf((byte)'"');
        var at = close < 0 ? rest.Length : close + 1;
        if (at + 1 < rest.Length && rest[at + 1] == '"') at = ReadDoubled(rest, at);
        else Field = rest[1..at];
        at = Math.Min(at + 1, rest.Length);
        var behind = rest[at..].IndexOfAny(delimiter, (byte)'\n');
        Finish(rest, behind < 0 ? rest.Length : at + behind);
    }

    // The quote that ends a field within which quotes are doubled, the first of them at a place.
    private int ReadDoubled(ReadOnlySpan<byte> rest, int at)
    {
        var length = 0;
        for (var from = 1; ;)
        {
            // The first of the two quotes is part of the field.
            var isDoubled = at + 1 < rest.Length && rest[at + 1] == '"';
            var part = rest[from..(isDoubled ? at + 1 : at)];
            if (_unquoted.Length < length + part.Length) Array.Resize(ref _unquoted, Math.Max(2 * _unquoted.Length, length + part.Length));
            part.CopyTo(_unquoted.AsSpan(length));
            length += part.Length;
            if (!isDoubled) break;
            from = at + 2;
            at = rest[from..].IndexOf((byte)'"') is >= 0 and var next ? from + next : rest.Length;
        }

        Field = _unquoted.AsSpan(0, length);
        return at;
    }

    private void Finish(ReadOnlySpan<byte> rest, int end)
    {
        IsCut = end >= rest.Length;
        _isLineDone = IsCut || rest[end] == '\n';
        Place += Math.Min(end + 1, rest.Length);
    }
}
