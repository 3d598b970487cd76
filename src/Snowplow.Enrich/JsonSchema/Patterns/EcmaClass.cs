using System.Globalization;
using System.Text;

namespace Snowplow.Enrich.JsonSchema;

/// <summary>A character class of ECMA-262, <c>[…]</c>, taken apart for .NET.</summary>
internal sealed class EcmaClass
{
    private EcmaClass(bool isNegated) => IsNegated = isNegated;

    /// <summary>Whether it began with <c>^</c>.</summary>
    public bool IsNegated { get; }

    /// <summary>The inside of a .NET class with the members up to U+FFFF.</summary>
    public StringBuilder Units { get; } = new();

    /// <summary>Alternatives for the members beyond, as surrogate pairs joined by <c>|</c>.</summary>
    public StringBuilder Pairs { get; } = new();

    /// <summary>Reads what follows the opening bracket, up to and including the closing one; the reason if it is malformed.</summary>
    public static string? TryRead(string source, ref int at, out EcmaClass parsed)
    {
        var isNegated = at < source.Length && source[at] == '^';
        parsed = new EcmaClass(isNegated);
        at += isNegated ? 1 : 0;
        while (at < source.Length && source[at] != ']')
        {
            var error = parsed.ReadMember(source, ref at);
            if (error is not null)
                return error;
        }

        return at++ < source.Length ? null : "it has a [ without a ]";
    }

    /// <summary>One UTF-16 unit, escaped for any place in a .NET pattern.</summary>
    public static string Unit(char unit) => string.Create(CultureInfo.InvariantCulture, $@"\u{(int)unit:X4}");

    /// <summary>A code point beyond U+FFFF as its two units.</summary>
    public static string Pair(int codePoint)
    {
        var pair = char.ConvertFromUtf32(codePoint);
        return Unit(pair[0]) + Unit(pair[1]);
    }

    private string? ReadMember(string source, ref int at)
    {
        var error = ReadAtom(source, ref at, out var first);
        if (error is not null)
            return error;

        var isRange = at + 1 < source.Length && source[at] == '-' && source[at + 1] != ']';
        if (first.Set is not null || !isRange)
            return Add(first, first);

        var dash = at++;
        error = ReadAtom(source, ref at, out var last);
        if (error is not null)
            return error;
        if (last.Set is null)
            return Add(first, last);

        // [a-\d] is no range: the dash is a member and the set is read next.
        at = dash + 1;
        Units.Append(Unit('-'));
        return Add(first, first);
    }

    private static string? ReadAtom(string source, ref int at, out EcmaEscape atom)
    {
        if (source[at] == '\\')
        {
            at++;
            if (at < source.Length && source[at] is 'b' or '-')
            {
                atom = new EcmaEscape(source[at++] == 'b' ? '\b' : '-');
                return null;
            }

            return EcmaEscape.TryRead(source, ref at, out atom);
        }

        var isPair = char.IsHighSurrogate(source[at]) && at + 1 < source.Length && char.IsLowSurrogate(source[at + 1]);
        atom = new EcmaEscape(isPair ? char.ConvertToUtf32(source[at], source[at + 1]) : source[at]);
        at += isPair ? 2 : 1;
        return null;
    }

    private string? Add(EcmaEscape first, EcmaEscape last)
    {
        if (first.Set is not null)
        {
            Units.Append(first.IsNegated ? first.Complement : first.Set);
            return null;
        }

        if (first.CodePoint > last.CodePoint)
            return "it has a range in reverse order";

        if (first.CodePoint <= char.MaxValue)
        {
            var lastUnit = (char)Math.Min(last.CodePoint, char.MaxValue);
            Units.Append(Unit((char)first.CodePoint)).Append(first == last ? "" : $"-{Unit(lastUnit)}");
        }

        if (last.CodePoint > char.MaxValue)
            AddPairs(Math.Max(first.CodePoint, char.MaxValue + 1), last.CodePoint);
        return null;
    }

    /// <summary>Adds a range of pairs: part of the first lead's trails, all trails of the leads between, part of the last's.</summary>
    private void AddPairs(int first, int last)
    {
        while (first <= last)
        {
            var lead = char.ConvertFromUtf32(first)[0];
            var endOfLead = Math.Min(last, first | 0x3FF);
            var isWholeLead = (first & 0x3FF) == 0 && endOfLead == (first | 0x3FF);
            var lastLead = isWholeLead ? char.ConvertFromUtf32(((last + 1) & ~0x3FF) - 1)[0] : lead;
            Pairs.Append(Pairs.Length == 0 ? "" : "|").Append(CultureInfo.InvariantCulture, $"[{Unit(lead)}-{Unit(lastLead)}]");
            Pairs.Append(CultureInfo.InvariantCulture, $"[{Unit(Trail(first))}-{Unit(Trail(endOfLead))}]");
            first = isWholeLead ? (last + 1) & ~0x3FF : endOfLead + 1;
        }
    }

    private static char Trail(int codePoint) => char.ConvertFromUtf32(codePoint)[1];
}
