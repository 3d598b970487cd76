using System.Globalization;
using System.Text;
using Snowplow.Kql;
using Snowplow.Kql.Syntax;

namespace Snowplow.Silo.Query;

/// <summary>An error of a query as text: the line with a caret at the place.</summary>
internal static class QueryErrorText
{
    /// <summary>The lines.</summary>
    public static string Of(KqlException exception, string query)
    {
        if (exception.Diagnostics.Count == 0) return $"snowplow: {exception.Message}\n";
        var text = new StringBuilder();
        foreach (var diagnostic in exception.Diagnostics)
        {
            var (line, column) = TextPlace.Of(query, diagnostic.Span.Start);
            text.Append(CultureInfo.InvariantCulture, $"snowplow: {diagnostic.Code} at line {line}, column {column}: {diagnostic.Message}\n{Caret(query, diagnostic.Span)}");
        }

        return text.ToString();
    }

    /// <summary>The line of a place, and below it a caret for each of its characters.</summary>
    public static string Caret(string text, TextSpan span)
    {
        var start = Math.Clamp(span.Start, 0, text.Length);
        var lineStart = start == 0 ? 0 : text.LastIndexOf('\n', start - 1) + 1;
        var lineEnd = text.IndexOf('\n', start) is >= 0 and var end ? end : text.Length;
        var line = text[lineStart..lineEnd].TrimEnd('\r');
        var length = Math.Max(1, Math.Min(span.Length, line.Length - (start - lineStart)));
        // Tabs stay tabs, so that the caret stands below its place.
        var indent = string.Concat(line.Take(start - lineStart).Select(c => c == '\t' ? '\t' : ' '));
        return $"  {line}\n  {indent}{new string('^', length)}\n";
    }
}
