using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>extract_all</c>: the groups of all matches of a regular expression: texts where it has one group, else arrays.</summary>
internal static class ExtractAll
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("extract_all", 1, "The groups of all matches of a regular expression: texts where it has one group, else arrays.")
        .Alias("extractall")
        .On((string pattern, string text) => (object?)All(pattern, null, text))
        .On((string pattern, object groups, string text) => (object?)All(pattern, groups as object?[], text));

    private static object?[]? All(string pattern, object?[]? wanted, string text)
    {
        var regex = RegexCache.Get(pattern);
        var groups = wanted is null
            ? regex.GetGroupNumbers().Where(number => number > 0 || regex.GetGroupNumbers().Length == 1).ToArray()
            : [.. wanted.Select(group => group is string name ? regex.GroupNumberFromName(name) : (int)(DynamicValue.Long(group) ?? 0))];
        object?[] matches = [.. regex.Matches(text).Select(match => groups.Length == 1 ? (object?)match.Groups[groups[0]].Value : groups.Select(group => (object?)match.Groups[group].Value).ToArray())];
        return matches.Length == 0 ? null : matches;
    }
}
