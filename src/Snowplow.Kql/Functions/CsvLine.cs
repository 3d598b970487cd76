using System.Text;

namespace Snowplow.Kql.Functions;

/// <summary>A line of CSV (RFC 4180).</summary>
internal static class CsvLine
{
    /// <summary>Its fields, without quotes.</summary>
    public static object?[] Fields(string text)
    {
        var fields = new List<object?>();
        var field = new StringBuilder();
        var isQuoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (isQuoted && c == '"' && i + 1 < text.Length && text[i + 1] == '"') field.Append(text[i++]);
            else if (c == '"' && (isQuoted || field.Length == 0)) isQuoted = !isQuoted;
            else if (isQuoted) field.Append(c);
            else if (c == ',') Add();
            else if (c is '\n' or '\r') break;
            else field.Append(c);
        }

        Add();
        return [.. fields];

        void Add()
        {
            fields.Add(field.ToString());
            field.Clear();
        }
    }
}
