using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Snowplow.Model.Rules.Conditions;

/// <summary>
/// Compiles the regular expressions of rules: .NET's, without backtracking, so that the time a match takes grows with the
/// text's length only, whatever the pattern.
/// </summary>
internal static class RulePattern
{
    /// <summary>The greatest length of a pattern in UTF-16 units.</summary>
    public const int MaxLength = 4096;

    /// <summary>Compiles a pattern, or says what is wrong with it and what to do.</summary>
    public static bool TryCompile(string pattern, bool ignoresCase, [NotNullWhen(true)] out Regex? regex, [NotNullWhen(false)] out string? fault)
    {
        (regex, fault) = (null, null);
        if (pattern.Length > MaxLength)
        {
            fault = $"is a pattern of {pattern.Length} characters; {MaxLength} are allowed, so split it by 'any'";
            return false;
        }

        try
        {
            var options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | (ignoresCase ? RegexOptions.IgnoreCase : 0);
            regex = new Regex(pattern, options);
            return true;
        }
        catch (NotSupportedException e)
        {
            fault = e.Message.Contains("automata", StringComparison.Ordinal)
                ? "is too large, since {n} repeats what is before it n times: write smaller numbers, or + and *"
                : "uses what needs backtracking (look-around, back reference, atomic group or condition), which is not supported: write it without";
        }
        catch (ArgumentException e)
        {
            fault = $"is no regular expression: {e.Message.TrimEnd('.')}";
        }

        return false;
    }
}
