using System.Text;
using Snowplow.Kql.Binding;
using Snowplow.Kql.Commands.Core;
using Snowplow.Kql.Data;
using Snowplow.Kql.Files;

namespace Snowplow.Kql.Commands.Rows;

/// <summary><c>.ingest inline</c>.</summary>
internal static class IngestInline
{
    public static readonly CommandForm Form = new(
        "ingest inline into table *",
        ".ingest inline into table T [with (format = 'csv|tsv|json', ignoreFirstRecord = true)] <| data",
        "Puts data into a table: a line for each row, up to an empty line. CSV and TSV have the fields of all columns in order, JSON lines have them by name.",
        Read);

    private static CommandAction Read(CommandReader reader)
    {
        var name = reader.Name("the name of a table");
        var properties = reader.Properties("format", "ignoreFirstRecord");
        var data = reader.Data("the data");
        return run =>
        {
            var table = run.OwnTable(name);
            try
            {
                run.Put(Rows(table.Name, WidenedTable.ColumnsOf(table), data.Text.TrimStart(' ').Trim('\r', '\n'), properties), replaces: false, data.Span);
            }
            catch (FormatException exception)
            {
                throw BindFailure.Semantic("SEM0307", $"The data cannot be read: {exception.Message}", data.Span);
            }

            return CommandRows.Of([("ExtentId", KqlType.Guid)], [[Guid.NewGuid()]]);
        };
    }

    private static MemoryTable Rows(string name, IReadOnlyList<(string Name, KqlType Type)> columns, string text, CommandProperties properties)
    {
        if (properties.IsTrue("ignoreFirstRecord")) text = text.IndexOf('\n', StringComparison.Ordinal) is >= 0 and var end ? text[(end + 1)..] : "";
        var utf8 = Encoding.UTF8.GetBytes(text);
        if (utf8.Length == 0) return new MemoryTable(name, columns, [], 0);
        var format = properties.Has("format") ? properties["format"] : "csv";
        return format.ToLowerInvariant() switch
        {
            "csv" => DelimitedFile.ReadCsv(name, utf8, columns),
            "tsv" => DelimitedFile.ReadTsv(name, utf8, columns),
            "json" or "multijson" => JsonLinesFile.Read(name, JsonLinesFile.Lines(utf8), columns),
            _ => throw new FormatException($"the format '{format}' is not known: expected csv, tsv or json"),
        };
    }
}
