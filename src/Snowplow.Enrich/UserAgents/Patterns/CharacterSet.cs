namespace Snowplow.Enrich.UserAgents.Patterns;

/// <summary>
/// A set of the symbols that a folded user agent is made of: the 128 characters of ASCII, <see cref="Other"/> for any other
/// character, and <see cref="End"/> for the end of the text.
/// </summary>
internal readonly record struct CharacterSet(ulong Low, ulong High, ulong Rest)
{
    /// <summary>The symbol that stands for any character beyond ASCII: no pattern tells these apart.</summary>
    public const byte Other = 0x80;

    /// <summary>The symbol after the last character. In no set but those of what may come next.</summary>
    public const byte End = 0x81;

    /// <summary>All symbols, the end included.</summary>
    public static readonly CharacterSet Everything = new(ulong.MaxValue, ulong.MaxValue, 3);

    /// <summary>All characters.</summary>
    public static readonly CharacterSet AnyCharacter = new(ulong.MaxValue, ulong.MaxValue, 1);

    /// <summary><c>.</c>: all characters but the line feed.</summary>
    public static readonly CharacterSet Dot = Range('\n', '\n').Negate();

    /// <summary><c>\d</c>.</summary>
    public static readonly CharacterSet Digit = Range('0', '9');

    /// <summary><c>\w</c>: of ASCII alone, as in ECMAScript and Java.</summary>
    public static readonly CharacterSet Word = Digit | Range('a', 'z') | Range('A', 'Z') | Range('_', '_');

    /// <summary><c>\s</c>: of ASCII alone, as in Java.</summary>
    public static readonly CharacterSet Space = Range(' ', ' ') | Range('\t', '\r');

    /// <summary>What may come where only the end, or a line feed before it, is allowed: <c>$</c>.</summary>
    public static readonly CharacterSet BeforeEnd = Range('\n', '\n') | new CharacterSet(0, 0, 2);

    /// <summary>How many symbols there are in it.</summary>
    public int Count => System.Numerics.BitOperations.PopCount(Low)
        + System.Numerics.BitOperations.PopCount(High) + System.Numerics.BitOperations.PopCount(Rest);

    /// <summary>The symbols in it, ascending.</summary>
    public IEnumerable<byte> Symbols
    {
        get
        {
            for (var symbol = 0; symbol <= End; symbol++)
            {
                if (Contains((byte)symbol)) yield return (byte)symbol;
            }
        }
    }

    /// <summary>The ASCII characters from one to another, both included.</summary>
    public static CharacterSet Range(int first, int last)
    {
        ulong low = 0, high = 0;
        for (var character = first; character <= last; character++)
        {
            if (character < 64) low |= 1UL << character;
            else high |= 1UL << (character - 64);
        }

        return new CharacterSet(low, high, 0);
    }

    /// <summary>The union.</summary>
    public static CharacterSet operator |(CharacterSet left, CharacterSet right) =>
        new(left.Low | right.Low, left.High | right.High, left.Rest | right.Rest);

    /// <summary>All characters that are not in it.</summary>
    public CharacterSet Negate() => new(~Low, ~High, ~Rest & 1);

    /// <summary>Whether a symbol is in it.</summary>
    public bool Contains(byte symbol) => ((symbol < 64 ? Low : symbol < 128 ? High : Rest) >> (symbol & 63) & 1) != 0;

    /// <summary>The set with the other case of each letter added.</summary>
    public CharacterSet BothCases()
    {
        // Letters lie in the upper word, lower case 32 above upper case.
        const ulong Upper = 0x07FF_FFFEUL;
        return this with { High = High | (High & Upper) << 32 | High >> 32 & Upper };
    }

    /// <summary>The set as it is over text in lower case.</summary>
    public CharacterSet Lower()
    {
        const ulong Upper = 0x07FF_FFFEUL;
        return this with { High = (High | (High & Upper) << 32) & ~Upper };
    }
}
