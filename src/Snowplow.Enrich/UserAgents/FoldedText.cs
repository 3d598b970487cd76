using System.Text;
using Snowplow.Enrich.UserAgents.Patterns;

namespace Snowplow.Enrich.UserAgents;

/// <summary>
/// A user agent as patterns see it: one symbol per character (<see cref="CharacterSet"/>), as it is and in lower case, each
/// followed by the end symbol. Reused from text to text. Not thread-safe.
/// </summary>
internal sealed class FoldedText
{
    /// <summary>Characters beyond this are not looked at: the limit of the column <c>useragent</c>.</summary>
    public const int MaxCharacters = 1000;

    private readonly byte[] _text = new byte[MaxCharacters + 1];
    private readonly byte[] _lower = new byte[MaxCharacters + 1];
    private readonly byte[] _utf8 = new byte[MaxCharacters * 4];
    private readonly int[] _offsets = new int[MaxCharacters + 1];
    private int _length;
    private bool _isAscii;

    /// <summary>The text and the end symbol.</summary>
    public ReadOnlySpan<byte> Text => _text.AsSpan(0, _length + 1);

    /// <summary>The text in lower case and the end symbol.</summary>
    public ReadOnlySpan<byte> Lower => _lower.AsSpan(0, _length + 1);

    /// <summary>The text in UTF-8, as far as it is looked at.</summary>
    public ReadOnlySpan<byte> Utf8 => this[.._length];

    /// <summary>The characters of a range, in UTF-8.</summary>
    public ReadOnlySpan<byte> this[Range range] =>
        _isAscii ? _text.AsSpan(range) : _utf8.AsSpan(_offsets[range.Start.Value].._offsets[range.End.GetOffset(_length)]);

    /// <summary>Takes another text.</summary>
    public void Set(ReadOnlySpan<byte> utf8)
    {
        _isAscii = Ascii.IsValid(utf8[..Math.Min(utf8.Length, MaxCharacters)]);
        if (_isAscii)
        {
            _length = Math.Min(utf8.Length, MaxCharacters);
            utf8[.._length].CopyTo(_text);
        }
        else
        {
            Fold(utf8);
        }

        for (var at = 0; at < _length; at++) _lower[at] = _text[at] is >= (byte)'A' and <= (byte)'Z' ? (byte)(_text[at] | 0x20) : _text[at];
        _text[_length] = _lower[_length] = CharacterSet.End;
    }

    private void Fold(ReadOnlySpan<byte> utf8)
    {
        _length = 0;
        var at = 0;
        while (at < utf8.Length && _length < MaxCharacters)
        {
            // A byte that is not UTF-8 counts as a character.
            Rune.DecodeFromUtf8(utf8[at..], out _, out var size);
            _offsets[_length] = at;
            _text[_length++] = size == 1 && utf8[at] < 0x80 ? utf8[at] : CharacterSet.Other;
            at += size;
        }

        _offsets[_length] = at;
        utf8[..at].CopyTo(_utf8);
    }
}
