using System.Text;

namespace Snowplow.Kql.Operators;

/// <summary>Reads names and values of texts for parse-kv. Quotes have one character or two, and may stand around names too; escapes count within them.</summary>
internal sealed class KeyValueTokens(IReadOnlyList<string> quotes, string escapes)
{
    /// <summary>Pairs between delimiters. With names a value ends only where one of them begins, after a delimiter.</summary>
    public IEnumerable<(string Name, string Value)> Delimited(string text, string pair, string kv, IReadOnlyList<string>? names)
    {
        for (var at = 0; at < text.Length;)
        {
            var name = Token(text, ref at, here => Starts(text, here, kv) || Starts(text, here, pair));
            if (!Starts(text, at, kv))
            {
                at += pair.Length;
                continue;
            }

            at += kv.Length;
            var value = Token(text, ref at, here => Starts(text, here, pair) && (names is null || names.Any(next => IsNext(text, here + pair.Length, next, kv))));
            at += pair.Length;
            if (name.Length > 0) yield return (name, value);
        }
    }

    /// <summary>Each word, and the one behind it as its value: letters and digits, or what is quoted.</summary>
    public IEnumerable<(string Name, string Value)> Words(string text)
    {
        string? before = null;
        for (var at = 0; at < text.Length;)
        {
            if (!char.IsLetterOrDigit(text[at]) && Opening(text, at) is null)
            {
                at++;
                continue;
            }

            var word = Opening(text, at) is { } quote ? Quoted(text, ref at, quote) : Token(text, ref at, here => !char.IsLetterOrDigit(text[here]));
            if (before is not null) yield return (before, word);
            before = word;
        }
    }

    // Up to where it ends outside quotes, without blanks around it.
    private string Token(string text, ref int at, Func<int, bool> ends)
    {
        var token = new StringBuilder();
        while (at < text.Length && !ends(at))
        {
            if (Opening(text, at) is { } quote) token.Append(Quoted(text, ref at, quote));
            else token.Append(text[at++]);
        }

        return token.ToString().Trim();
    }

    private string Quoted(string text, ref int at, string quote)
    {
        var inside = new StringBuilder();
        for (at++; at < text.Length && text[at] != quote[^1]; at++)
        {
            if (escapes.Contains(text[at], StringComparison.Ordinal) && at + 1 < text.Length) at++;
            inside.Append(text[at]);
        }

        at = Math.Min(at + 1, text.Length);
        return inside.ToString();
    }

    private string? Opening(string text, int at) => quotes.FirstOrDefault(quote => quote[0] == text[at]);

    private static bool IsNext(string text, int at, string name, string kv)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
        if (!Starts(text, at, name)) return false;
        for (at += name.Length; at < text.Length && char.IsWhiteSpace(text[at]) && !Starts(text, at, kv);) at++;
        return Starts(text, at, kv);
    }

    private static bool Starts(string text, int at, string sought) => string.CompareOrdinal(text, at, sought, 0, sought.Length) == 0 && at < text.Length;
}
