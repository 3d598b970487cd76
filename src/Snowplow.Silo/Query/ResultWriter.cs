using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Snowplow.Kql;
using Snowplow.Kql.Data;

namespace Snowplow.Silo.Query;

/// <summary>Writes the results of a query; an empty line stands between two.</summary>
internal static class ResultWriter
{
    private const int MaxCellWidth = 100;
    private const string Bold = "\e[1m";
    private const string Faint = "\e[2m";
    private const string Plain = "\e[0m";

    private static readonly JsonWriterOptions JsonOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1000 };

    /// <summary>Writes results.</summary>
    /// <param name="results">The results.</param>
    /// <param name="format">Their form.</param>
    /// <param name="output">Where to.</param>
    /// <param name="isTerminal">Whether tables are coloured.</param>
    public static void Write(IReadOnlyList<ResultRows> results, ResultFormat format, TextWriter output, bool isTerminal)
    {
        for (var i = 0; i < results.Count; i++)
        {
            if (i > 0) output.Write('\n');
            switch (format)
            {
                case ResultFormat.Json: WriteJson(results[i], output); break;
                case ResultFormat.Csv: WriteLines(results[i], output, ',', Quoted); break;
                case ResultFormat.Tsv: WriteLines(results[i], output, '\t', text => text.Replace('\t', ' ').ReplaceLineEndings(" ")); break;
                default: WriteTable(results[i], output, isTerminal); break;
            }
        }

        output.Flush();
    }

    private static void WriteJson(ResultRows result, TextWriter output)
    {
        using var stream = new MemoryStream();
        foreach (var row in result.Rows)
        {
            stream.SetLength(0);
            using (var writer = new Utf8JsonWriter(stream, JsonOptions))
            {
                writer.WriteStartObject();
                for (var i = 0; i < row.Length; i++)
                {
                    writer.WritePropertyName(result.Columns[i].Name);
                    ResultJson.WriteValue(writer, row[i]);
                }

                writer.WriteEndObject();
            }

            output.Write(Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length));
            output.Write('\n');
        }
    }

    private static void WriteLines(ResultRows result, TextWriter output, char delimiter, Func<string, string> cell)
    {
        output.Write(string.Join(delimiter, result.Columns.Select(column => cell(column.Name))) + "\n");
        foreach (var row in result.Rows) output.Write(string.Join(delimiter, row.Select(value => cell(ResultJson.Text(value)))) + "\n");
    }

    private static string Quoted(string text) => text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    private static void WriteTable(ResultRows result, TextWriter output, bool isTerminal)
    {
        var rows = result.Rows.Select(row => row.Select(Cell).ToArray()).ToList();
        var isNumber = result.Columns.Select(column => column.Type is KqlType.Int or KqlType.Long or KqlType.Real or KqlType.Decimal).ToArray();
        var widths = result.Columns.Select((column, i) => Math.Max(column.Name.Length, rows.Count == 0 ? 0 : rows.Max(row => row[i].Length))).ToArray();
        output.Write($"{(isTerminal ? Bold : "")}{Line([.. result.Columns.Select(column => column.Name)])}{(isTerminal ? Plain : "")}\n");
        output.Write($"{(isTerminal ? Faint : "")}{string.Join("  ", widths.Select(width => new string('-', width)))}{(isTerminal ? Plain : "")}\n");
        foreach (var row in rows) output.Write(Line(row) + "\n");

        string Line(string[] cells) =>
            string.Join("  ", cells.Select((cell, i) => isNumber[i] ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]))).TrimEnd();
    }

    private static string Cell(object? value)
    {
        var text = ResultJson.Text(value).ReplaceLineEndings(" ");
        return text.Length <= MaxCellWidth ? text : text[..(MaxCellWidth - 1)] + "…";
    }
}
