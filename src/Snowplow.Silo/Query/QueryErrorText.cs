using System.Text;
using Snowplow.Kql;

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
            var start = Math.Clamp(diagnostic.Span.Start, 0, query.Length);
            var lineStart = start == 0 ? 0 : query.LastIndexOf('\n', start - 1) + 1;
            var lineEnd = query.IndexOf('\n', start) is >= 0 and var end ? end : query.Length;
            var number = query.AsSpan(0, start).Count('\n') + 1;
            var line = query[lineStart..lineEnd].TrimEnd('\r');
            var length = Math.Max(1, Math.Min(diagnostic.Span.Length, line.Length - (start - lineStart)));
            // Tabs stay tabs, so that the caret stands below its place.
            var indent = string.Concat(line.Take(start - lineStart).Select(c => c == '\t' ? '\t' : ' '));
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"snowplow: {diagnostic.Code} at line {number}, column {start - lineStart + 1}: {diagnostic.Message}\n");
            text.Append("  ").Append(line).Append('\n').Append("  ").Append(indent).Append('^', length).Append('\n');
        }

        return text.ToString();
    }
}
