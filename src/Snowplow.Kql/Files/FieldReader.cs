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
        if (_unquoted.Length < rest.Length && _unquoted.Length < 1 << 20) _unquoted = new byte[Math.Min(rest.Length, 1 << 20)];
        var at = 1;
        var length = 0;
        while (at < rest.Length)
        {
            if (rest[at] == '"')
            {
                if (at + 1 >= rest.Length || rest[at + 1] != '"') break;
                at++;
            }

            if (length == _unquoted.Length) Array.Resize(ref _unquoted, 2 * length);
            _unquoted[length++] = rest[at++];
        }

        Field = _unquoted.AsSpan(0, length);
        at = Math.Min(at + 1, rest.Length);
        var behind = rest[at..].IndexOfAny(delimiter, (byte)'\n');
        Finish(rest, behind < 0 ? rest.Length : at + behind);
    }

    private void Finish(ReadOnlySpan<byte> rest, int end)
    {
        _isLineDone = end >= rest.Length || rest[end] == '\n';
        Place += Math.Min(end + 1, rest.Length);
    }
}
