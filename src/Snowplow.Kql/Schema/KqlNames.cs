namespace Snowplow.Kql.Schema;

/// <summary>Names as they stand in KQL.</summary>
public static class KqlNames
{
    /// <summary>The name, in brackets and quotes where it is more than letters, digits and underscores.</summary>
    public static string Quoted(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') ? name : $"['{Escaped(name)}']";

    /// <summary>A text as a literal.</summary>
    public static string Literal(string text) => $"'{Escaped(text)}'";

    private static string Escaped(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("'", "\\'", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal)
        .Replace("\r", "\\r", StringComparison.Ordinal);
}
