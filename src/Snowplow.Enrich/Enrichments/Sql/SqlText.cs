using System.Text;

namespace Snowplow.Enrich.Enrichments.Sql;

/// <summary>A query with a placeholder <c>?</c> for each value, as JDBC has them; <c>??</c> is the operator <c>?</c>.</summary>
internal static class SqlText
{
    /// <summary>Gives the placeholders other names. Those in strings, quoted names and comments are none.</summary>
    /// <param name="sql">The query.</param>
    /// <param name="name">Makes the name of a placeholder, by its number from 1.</param>
    /// <param name="count">How many there are.</param>
    public static string NamePlaceholders(string sql, Func<int, string> name, out int count)
    {
        var text = new StringBuilder(sql.Length + 16);
        count = 0;
        for (var at = 0; at < sql.Length;)
        {
            var end = EndOfOpaque(sql, at);
            if (end > at)
            {
                text.Append(sql, at, end - at);
                at = end;
            }
            else if (sql[at] != '?')
            {
                text.Append(sql[at++]);
            }
            else if (Has(sql, at, "??"))
            {
                text.Append('?');
                at += 2;
            }
            else
            {
                text.Append(name(++count));
                at++;
            }
        }

        return text.ToString();
    }

    // Behind the string, quoted name or comment that begins here; here, where none does.
    private static int EndOfOpaque(string sql, int at)
    {
        if (Has(sql, at, "--")) return EndOf(sql, "\n", at + 2);
        if (Has(sql, at, "/*")) return EndOf(sql, "*/", at + 2);
        if (sql[at] is '\'' or '"' or '`') return EndOfQuoted(sql, at);
        if (sql[at] != '$') return at;

        // PostgreSQL's $tag$ … $tag$.
        var tagEnd = at + 1;
        while (tagEnd < sql.Length && (char.IsLetterOrDigit(sql[tagEnd]) || sql[tagEnd] == '_')) tagEnd++;
        return tagEnd < sql.Length && sql[tagEnd] == '$' ? EndOf(sql, sql[at..(tagEnd + 1)], tagEnd + 1) : at;
    }

    private static int EndOfQuoted(string sql, int at)
    {
        for (var i = at + 1; i < sql.Length; i++)
        {
            if (sql[i] == sql[at]) return i + 1;
        }

        return sql.Length;
    }

    private static int EndOf(string sql, string mark, int from)
    {
        var at = sql.IndexOf(mark, from, StringComparison.Ordinal);
        return at < 0 ? sql.Length : at + mark.Length;
    }

    private static bool Has(string sql, int at, string mark) => string.CompareOrdinal(sql, at, mark, 0, mark.Length) == 0;
}
