using System.Buffers;
using System.Text;
using Snowplow.Kql.Data;

namespace Snowplow.Kql.Plan;

/// <summary>What comparisons and operators of texts say of a text.</summary>
internal static class TextPatterns
{
    private static readonly SearchValues<char> Folding = SearchValues.Create("iIkKsS");

    /// <summary>The pattern that every text fits for which an operator holds; null where it says nothing.</summary>
    /// <param name="operation">The operator.</param>
    /// <param name="sought">Its right side.</param>
    /// <param name="type">String; or dynamic, whose text is not what is stored, so that it has no bounds.</param>
    public static TextPattern? Of(string operation, string sought, KqlType type)
    {
        var utf8 = Encoding.UTF8.GetBytes(sought);
        var name = operation switch { "like" => "has", "containscs" => "contains_cs", "hascs" => "has_cs", _ => operation };
        var isCaseSensitive = name.EndsWith("_cs", StringComparison.Ordinal);
        TextPattern? pattern = (isCaseSensitive ? name[..^3] : name) switch
        {
            "==" => TextPattern.Of(utf8),
            "<" or "<=" => new TextPattern([], utf8, []),
            ">" or ">=" => new TextPattern(utf8, null, []),
            "=~" => Begins(sought, false, Terms(utf8, true, true)),
            "startswith" => Begins(sought, isCaseSensitive, Terms(utf8, true, false)),
            "endswith" => new TextPattern([], null, Terms(utf8, false, true)),
            "contains" => new TextPattern([], null, Terms(utf8, false, false)),
            "has" => new TextPattern([], null, Terms(utf8, true, true)),
            "hasprefix" => new TextPattern([], null, Terms(utf8, true, false)),
            "hassuffix" => new TextPattern([], null, Terms(utf8, false, true)),
            _ => null,
        };
        if (pattern is not null && type == KqlType.Dynamic) pattern = new TextPattern([], null, pattern.Terms);
        return pattern is null || pattern.Passes([], []) && pattern.PassesBetween([0xFF], [0xFF]) ? null : pattern;
    }

    // A term at an end of what is sought is whole only where the operator wants the text to have a bound there.
    private static IReadOnlyList<string> Terms(ReadOnlySpan<byte> sought, bool isWholeAtStart, bool isWholeAtEnd) =>
        [.. TextTerms.Places(sought).Where(term => (isWholeAtStart || !term.IsFirst) && (isWholeAtEnd || !term.IsLast)).Select(term => term.Term)];

    // Up to the first character beyond ASCII, whose bytes are not told by the text; without case, capitals come first, and i, k and s have another beyond ASCII.
    private static TextPattern Begins(string sought, bool isCaseSensitive, IReadOnlyList<string> terms)
    {
        var end = sought.AsSpan().IndexOfAnyExceptInRange('\0', '\x7F');
        var ascii = end < 0 ? sought : sought[..end];
        if (isCaseSensitive) return new TextPattern(Encoding.ASCII.GetBytes(ascii), Encoding.ASCII.GetBytes(ascii), terms);
        var folds = ascii.AsSpan().IndexOfAny(Folding);
        var greatest = (folds < 0 ? ascii : ascii[..folds]).ToLowerInvariant();
        return new TextPattern(Encoding.ASCII.GetBytes(ascii.ToUpperInvariant()), Encoding.ASCII.GetBytes(greatest), terms);
    }
}
