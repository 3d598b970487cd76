using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace Snowplow.Enrich.JsonSchema;

/// <summary>
/// Reads a JSON text (RFC 8259) forward over its UTF-8 bytes, strictly and without allocating. The first fault is final:
/// every later read fails. A caller may go back to a <see cref="Mark"/> to read a value again.
/// </summary>
/// <remarks>
/// A reader of its own rather than <c>Utf8JsonReader</c>, because the validator rewinds, wants names and numbers as raw slices,
/// and reads mostly tiny tokens, where the general reader's bookkeeping costs more than the scan.
/// </remarks>
[StructLayout(LayoutKind.Auto)]
internal ref struct JsonCursor
{
    /// <summary>How many arrays and objects may lie within each other, as Snowplow's <c>maxJsonDepth</c> has it.</summary>
    public const int MaxDepth = 50;

    private readonly ReadOnlySpan<byte> _json;
    private int _position;
    private int _depth;
    private JsonFault _fault;

    private JsonCursor(ReadOnlySpan<byte> json) => _json = json;

    /// <summary>A place to go back to.</summary>
    public readonly record struct Mark(int Position, int Depth);

    /// <summary>Whether the text broke off; <see cref="FaultText"/> says how.</summary>
    public readonly bool Failed => _fault != JsonFault.None;

    /// <summary>Bytes read so far.</summary>
    public readonly int Position => _position;

    /// <summary>The current place.</summary>
    public readonly Mark Here => new(_position, _depth);

    /// <summary>What is wrong and where, for people.</summary>
    public readonly string FaultText => _fault switch
    {
        JsonFault.NotUtf8 => "the text is not valid UTF-8",
        JsonFault.UnexpectedEnd => "the text ends in the middle of a value",
        JsonFault.UnexpectedByte => $"unexpected '{Printable(_json[_position])}' at byte {_position}",
        JsonFault.ControlCharacter => $"control character within a string at byte {_position}",
        JsonFault.BadEscape => $"invalid escape sequence at byte {_position}",
        JsonFault.BadNumber => $"malformed number at byte {_position}",
        JsonFault.TooDeep => $"maximum allowed JSON depth exceeded: more than {MaxDepth} levels at byte {_position}",
        JsonFault.TrailingData => $"unexpected data after the value at byte {_position}",
        _ => "no fault",
    };

    /// <summary>Begins to read a text of unknown origin; one that is not UTF-8 fails at once.</summary>
    public static JsonCursor Over(ReadOnlySpan<byte> text) =>
        Utf8.IsValid(text) ? new JsonCursor(text) : new JsonCursor(text) { _fault = JsonFault.NotUtf8 };

    /// <summary>Begins to read a text that is known to be UTF-8, for instance a part of one already read.</summary>
    public static JsonCursor OverUtf8(ReadOnlySpan<byte> text) => new(text);

    /// <summary>Goes back to a place of this text, which must not have failed.</summary>
    public void Return(Mark mark) => (_position, _depth) = (mark.Position, mark.Depth);

    /// <summary>The bytes from a place to the current one.</summary>
    public readonly ReadOnlySpan<byte> Since(int position) => _json[position.._position];

    /// <summary>
    /// The type of the value that comes next, <see cref="JsonTypes.Number"/> for all numbers; None with a fault if none comes.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public JsonTypes Peek()
    {
        if (Failed)
            return JsonTypes.None;

        switch (SkipWhitespace())
        {
            case '"': return JsonTypes.String;
            case '{': return JsonTypes.Object;
            case '[': return JsonTypes.Array;
            case 't' or 'f': return JsonTypes.Boolean;
            case 'n': return JsonTypes.Null;
            case '-' or (>= '0' and <= '9'): return JsonTypes.Number;
            default:
                FailHere();
                return JsonTypes.None;
        }
    }

    /// <summary>Enters the object or array that <see cref="Peek"/> announced.</summary>
    public bool Enter()
    {
        if (_depth == MaxDepth)
            return Fail(JsonFault.TooDeep);

        _depth++;
        _position++;
        return true;
    }

    /// <summary>
    /// Goes on to the next property's value; false at the object's end (which is then behind the cursor) and on a fault.
    /// </summary>
    /// <param name="isFirst">True for the first call in an object; kept by this method.</param>
    /// <param name="name">The property's name as it is written.</param>
    /// <param name="escaped">Whether the name has escape sequences.</param>
    public bool NextProperty(scoped ref bool isFirst, out ReadOnlySpan<byte> name, out bool escaped)
    {
        name = default;
        escaped = false;
        var next = SkipWhitespace();
        if (next == '}')
            return Leave();

        if (!isFirst && !TakeComma(ref next))
            return false;

        isFirst = false;
        if (next != '"')
            return FailHere();
        if (!ReadString(out name, out escaped))
            return false;
        if (SkipWhitespace() != ':')
            return FailHere();

        _position++;
        return true;
    }

    /// <summary>Goes on to the next item; false at the array's end (which is then behind the cursor) and on a fault.</summary>
    /// <param name="isFirst">True for the first call in an array; kept by this method.</param>
    public bool NextItem(scoped ref bool isFirst)
    {
        var next = SkipWhitespace();
        if (next == ']')
            return Leave();

        if (!isFirst && !TakeComma(ref next))
            return false;

        isFirst = false;
        return true;
    }

    /// <summary>Reads the string that was announced: its text between the quotes, escapes checked but not replaced.</summary>
    public bool ReadString(out ReadOnlySpan<byte> raw, out bool escaped)
    {
        var start = _position + 1;
        var at = JsonTokens.IndexOfSpecial(_json, start);
        escaped = false;
        raw = default;
        while (at < _json.Length && _json[at] == '\\')
        {
            escaped = true;
            var end = JsonTokens.EndOfEscape(_json, at);
            if (end < 0)
            {
                _position = at;
                return Fail(JsonFault.BadEscape);
            }

            at = JsonTokens.IndexOfSpecial(_json, end);
        }

        if (at < _json.Length && _json[at] == '"')
        {
            raw = _json[start..at];
            _position = at + 1;
            return true;
        }

        _position = at;
        return Fail(at < _json.Length ? JsonFault.ControlCharacter : JsonFault.UnexpectedEnd);
    }

    /// <summary>Reads the number that was announced, as it is written.</summary>
    public bool ReadNumber(out ReadOnlySpan<byte> text, out bool isInteger)
    {
        var end = JsonTokens.EndOfNumber(_json, _position, out isInteger);
        if (end < 0)
        {
            text = default;
            return Fail(JsonFault.BadNumber);
        }

        text = _json[_position..end];
        _position = end;
        return true;
    }

    /// <summary>Reads the <c>true</c>, <c>false</c> or <c>null</c> that was announced.</summary>
    public bool ReadLiteral()
    {
        var literal = _json[_position] switch
        {
            (byte)'t' => "true"u8,
            (byte)'f' => "false"u8,
            _ => "null"u8,
        };
        if (!_json[_position..].StartsWith(literal))
            return FailHere();

        _position += literal.Length;
        return true;
    }

    /// <summary>Reads past one value of any type, checking its syntax.</summary>
    public bool Skip()
    {
        var isFirst = true;
        switch (Peek())
        {
            case JsonTypes.String:
                return ReadString(out _, out _);
            case JsonTypes.Number:
                return ReadNumber(out _, out _);
            case JsonTypes.Boolean or JsonTypes.Null:
                return ReadLiteral();
            case JsonTypes.Array when Enter():
                while (NextItem(ref isFirst) && Skip())
                {
                }

                return !Failed;
            case JsonTypes.Object when Enter():
                while (NextProperty(ref isFirst, out _, out _) && Skip())
                {
                }

                return !Failed;
            default:
                return false;
        }
    }

    /// <summary>Whether nothing but white space follows; anything else is a fault.</summary>
    public bool ReadEnd() => !Failed && (SkipWhitespace() < 0 || Fail(JsonFault.TrailingData));

    /// <summary>The byte that comes next after white space, without reading it; -1 at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int SkipWhitespace()
    {
        while ((uint)_position < (uint)_json.Length)
        {
            int next = _json[_position];
            if (next > ' ' || next is not (' ' or '\n' or '\r' or '\t'))
                return next;
            _position++;
        }

        return -1;
    }

    private bool TakeComma(scoped ref int next)
    {
        if (next != ',')
            return FailHere();

        _position++;
        next = SkipWhitespace();
        return true;
    }

    private bool Leave()
    {
        _position++;
        _depth--;
        return false;
    }

    private bool FailHere() => Fail(_position < _json.Length ? JsonFault.UnexpectedByte : JsonFault.UnexpectedEnd);

    private bool Fail(JsonFault fault)
    {
        if (_fault == JsonFault.None)
            _fault = fault;
        return false;
    }

    [SuppressMessage("Globalization", "CA1305", Justification = "A single ASCII character or a hexadecimal byte has no culture.")]
    private static string Printable(byte value) => value is >= 0x20 and < 0x7F ? ((char)value).ToString() : $"\\x{value:X2}";
}
