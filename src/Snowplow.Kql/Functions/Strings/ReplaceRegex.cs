using System.Text;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>replace_regex</c>: the text with all matches of a regular expression replaced; \\1 stands for a group.</summary>
internal static class ReplaceRegex
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("replace_regex", 1, "The text with all matches of a regular expression replaced; \\1 stands for a group.")
        .Alias("replace")
        .Bound(arguments => arguments.Count == 3 ? ExpressionForms.OfTexts("replace_regex", arguments, row => RegexCache.Get(row[1]).Replace(row[0], Rewritten(row[2]))) : null);

    private static string Rewritten(string rewrite)
    {
        var text = new StringBuilder();
        for (var i = 0; i < rewrite.Length; i++)
        {
            if (rewrite[i] == '\\' && i + 1 < rewrite.Length && char.IsAsciiDigit(rewrite[i + 1])) text.Append("${").Append(rewrite[++i]).Append('}');
            else if (rewrite[i] == '\\' && i + 1 < rewrite.Length && rewrite[i + 1] == '\\') text.Append(rewrite[++i]);
            else if (rewrite[i] == '$') text.Append("$$");
            else text.Append(rewrite[i]);
        }

        return text.ToString();
    }
}
