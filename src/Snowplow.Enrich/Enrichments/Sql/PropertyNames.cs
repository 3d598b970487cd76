using System.Text.RegularExpressions;

namespace Snowplow.Enrich.Enrichments.Sql;

/// <summary>Makes the names of JSON members from those of columns (<c>propertyNames</c>).</summary>
internal static partial class PropertyNames
{
    /// <summary>The member's name.</summary>
    /// <param name="column">The column's.</param>
    /// <param name="style">One of <c>AS_IS</c>, <c>CAMEL_CASE</c>, <c>PASCAL_CASE</c>, <c>SNAKE_CASE</c>, <c>LOWER_CASE</c>, <c>UPPER_CASE</c>.</param>
    public static string Of(string column, string style) => style switch
    {
        "CAMEL_CASE" => Capitalised(Pascal(column), isUpper: false),
        "PASCAL_CASE" => Pascal(column),
        "SNAKE_CASE" => string.Join('_', Words(column)).ToLowerInvariant(),
        "LOWER_CASE" => column.ToLowerInvariant(),
        "UPPER_CASE" => column.ToUpperInvariant(),
        _ => column,
    };

    private static string Pascal(string column) => string.Concat(Words(column).Select(word => Capitalised(word.ToLowerInvariant(), isUpper: true)));

    private static string[] Words(string column) =>
        [.. Boundary().Split(column).Where(word => word.Length > 0)];

    private static string Capitalised(string word, bool isUpper) =>
        word.Length == 0 ? word : (isUpper ? char.ToUpperInvariant(word[0]) : char.ToLowerInvariant(word[0])) + word[1..];

    // Between words: separators, and where a capital follows a small letter or digit.
    [GeneratedRegex(@"[_\-\s]+|(?<=[\p{Ll}\d])(?=\p{Lu})", RegexOptions.CultureInvariant)]
    private static partial Regex Boundary();
}
