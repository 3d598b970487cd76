using System.Text;

namespace Snowplow.Kql.Functions;

/// <summary>Texts in the letters of ASCII (RFC 3492), and names of hosts with each part in them.</summary>
internal static class Punycode
{
    private const string Prefix = "xn--";
    private const int Base = 36;
    private const int Least = 1;
    private const int Most = 26;
    private const int Skew = 38;
    private const int Damp = 700;
    private const int FirstBias = 72;
    private const int FirstCode = 128;

    /// <summary>A text encoded; null where it is too long.</summary>
    public static string? Encode(string text)
    {
        var runes = text.EnumerateRunes().Select(rune => rune.Value).ToArray();
        var encoded = new StringBuilder(string.Concat(runes.Where(rune => rune < FirstCode).Select(rune => (char)rune)));
        var (basic, done, bias, code, delta) = (encoded.Length, encoded.Length, FirstBias, FirstCode, 0L);
        if (basic > 0) encoded.Append('-');
        while (done < runes.Length)
        {
            var next = runes.Where(rune => rune >= code).Min();
            delta += (long)(next - code) * (done + 1);
            code = next;
            foreach (var rune in runes)
            {
                if (rune < code) delta++;
                if (delta > int.MaxValue) return null;
                if (rune != code) continue;
                var rest = (int)delta;
                for (var k = Base; ; k += Base)
                {
                    var threshold = Math.Clamp(k - bias, Least, Most);
                    if (rest < threshold) break;
                    encoded.Append(Digit(threshold + ((rest - threshold) % (Base - threshold))));
                    rest = (rest - threshold) / (Base - threshold);
                }

                encoded.Append(Digit(rest));
                bias = Adapt((int)delta, done + 1, done == basic);
                delta = 0;
                done++;
            }

            delta++;
            code++;
        }

        return encoded.ToString();
    }

    /// <summary>The text that was encoded; null where it is none.</summary>
    public static string? Decode(string text)
    {
        if (!Ascii.IsValid(text)) return null;
        var end = text.LastIndexOf('-');
        var runes = text[..Math.Max(0, end)].Select(c => (int)c).ToList();
        var (bias, code, place) = (FirstBias, (long)FirstCode, 0L);
        for (var i = end + 1; i < text.Length;)
        {
            var (before, weight) = (place, 1L);
            for (var k = Base; ; k += Base)
            {
                if (i == text.Length || Value(text[i++]) is not { } digit) return null;
                place += digit * weight;
                if (place > int.MaxValue) return null;
                var threshold = Math.Clamp(k - bias, Least, Most);
                if (digit < threshold) break;
                weight *= Base - threshold;
                if (weight > int.MaxValue) return null;
            }

            bias = Adapt((int)(place - before), runes.Count + 1, before == 0);
            code += place / (runes.Count + 1);
            place %= runes.Count + 1;
            if (code > int.MaxValue || !Rune.IsValid((int)code)) return null;
            runes.Insert((int)place++, (int)code);
        }

        return string.Concat(runes.Select(rune => new Rune(rune).ToString()));
    }

    /// <summary>A host's name with each part that is not of ASCII encoded; null where one cannot be.</summary>
    public static string? EncodeDomain(string domain) => Parts(domain, part => Ascii.IsValid(part) ? part : Encode(part) is { } encoded ? Prefix + encoded : null);

    /// <summary>A host's name with each encoded part decoded; null where one cannot be.</summary>
    public static string? DecodeDomain(string domain) => Parts(domain, part => part.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? Decode(part[Prefix.Length..]) : part);

    // The dot and those of Chinese and Japanese (RFC 3490, section 3.1).
    private static string? Parts(string domain, Func<string, string?> f)
    {
        var parts = domain.Split('.', '\u3002', '\uFF0E', '\uFF61').Select(f).ToList();
        return parts.Contains(null) ? null : string.Join('.', parts);
    }

    private static char Digit(int value) => (char)(value < Most ? 'a' + value : '0' + value - Most);

    private static int? Value(char digit) => digit switch
    {
        >= 'a' and <= 'z' => digit - 'a', >= 'A' and <= 'Z' => digit - 'A', >= '0' and <= '9' => digit - '0' + Most, _ => null,
    };

    private static int Adapt(int delta, int count, bool isFirst)
    {
        delta = isFirst ? delta / Damp : delta / 2;
        delta += delta / count;
        var k = 0;
        for (; delta > (Base - Least) * Most / 2; k += Base) delta /= Base - Least;
        return k + ((Base - Least + 1) * delta / (delta + Skew));
    }
}
