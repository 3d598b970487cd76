using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Operators;

/// <summary>
/// Operators between texts. A term is a maximal run of letters and digits; <c>has</c> finds its right side where it begins and ends at bounds of terms.
/// All ignore case but those with <c>_cs</c> and <c>matches regex</c>.
/// </summary>
internal static class TextOperators
{
    /// <summary>The operators that have a negation with <c>!</c> and, but the first, a form with <c>_cs</c>.</summary>
    public static readonly string[] Names = ["=~", "has", "hasprefix", "hassuffix", "contains", "startswith", "endswith", "matches regex"];

    /// <summary>The operator between two expressions; null where they are no texts.</summary>
    public static BoundExpression? Bind(string operation, BoundExpression left, BoundExpression right)
    {
        if (!IsText(left) || !IsText(right)) return null;
        var name = operation switch { "like" => "has", "containscs" => "contains_cs", "hascs" => "has_cs", "notcontains" => "!contains", "!~" => "!=~", _ => operation };
        var isNegated = name.StartsWith('!');
        Func<string, string, bool>? test = isNegated ? Test(name[1..]) : Test(name);
        if (test is null) return null;
        var kernel = isNegated ? Kernels.Of((string text, string sought) => !test(text, sought)) : Kernels.Of(test);
        return new CallExpression(operation, KqlType.Bool, kernel, [Conversions.To(left, KqlType.String), Conversions.To(right, KqlType.String)]);
    }

    /// <summary>Whether a text has another as a phrase of whole terms.</summary>
    public static bool Has(string text, string sought, StringComparison comparison) => Find(text, sought, comparison, true, true) >= 0;

    private static bool IsText(BoundExpression expression) => expression.Type is KqlType.String or KqlType.Dynamic;

    private static Func<string, string, bool>? Test(string name)
    {
        var isCaseSensitive = name.EndsWith("_cs", StringComparison.Ordinal);
        var comparison = isCaseSensitive ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        return (isCaseSensitive ? name[..^3] : name) switch
        {
            "=~" => (text, sought) => text.Equals(sought, StringComparison.OrdinalIgnoreCase),
            "has" => (text, sought) => Has(text, sought, comparison),
            "hasprefix" => (text, sought) => Find(text, sought, comparison, true, false) >= 0,
            "hassuffix" => (text, sought) => Find(text, sought, comparison, false, true) >= 0,
            "contains" => (text, sought) => text.Contains(sought, comparison),
            "startswith" => (text, sought) => text.StartsWith(sought, comparison),
            "endswith" => (text, sought) => text.EndsWith(sought, comparison),
            "matches regex" => (text, pattern) => RegexCache.Get(pattern).IsMatch(text),
            _ => null,
        };
    }

    private static int Find(string text, string sought, StringComparison comparison, bool atStart, bool atEnd)
    {
        if (sought.Length == 0) return 0;
        var at = text.IndexOf(sought, comparison);
        while (at >= 0)
        {
            var end = at + sought.Length;
            if ((!atStart || at == 0 || !char.IsLetterOrDigit(text[at - 1]) || !char.IsLetterOrDigit(sought[0]))
                && (!atEnd || end == text.Length || !char.IsLetterOrDigit(text[end]) || !char.IsLetterOrDigit(sought[^1]))) return at;
            if (at + 1 >= text.Length) return -1;
            at = text.IndexOf(sought, at + 1, comparison);
        }

        return -1;
    }
}
