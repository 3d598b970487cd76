using Snowplow.Kql.Data;

namespace Snowplow.Kql.Files;

/// <summary>Reads tables of JSON lines: an object a line, whose properties are columns; null where a line lacks one.</summary>
public static class JsonLinesFile
{
    /// <summary>The table of a file's bytes; the types of the columns are inferred, and mixed ones are dynamic.</summary>
    /// <exception cref="FormatException">A line is no JSON object.</exception>
    public static MemoryTable Read(string name, ReadOnlySpan<byte> utf8)
    {
        var lines = Lines(utf8);
        var columns = new OrderedDictionary<string, object?[]>(StringComparer.Ordinal);
        for (var i = 0; i < lines.Count; i++)
        {
            foreach (var (property, value) in lines[i])
            {
                if (!columns.TryGetValue(property, out var values)) columns.Add(property, values = new object?[lines.Count]);
                values[i] = value;
            }
        }

        var built = columns.Select(column => Column(column.Value)).ToArray();
        return new MemoryTable(name, [.. columns.Keys.Zip(built, (column, values) => (column, values.Type))], built, lines.Count);
    }

    /// <summary>The table of objects whose columns are known; other properties are passed over.</summary>
    /// <exception cref="FormatException">A line is no JSON object.</exception>
    public static MemoryTable Read(string name, IReadOnlyList<Bag> lines, IReadOnlyList<(string Name, KqlType Type)> columns) => new(
        name,
        columns,
        [.. columns.Select(column => Column(lines, column))],
        lines.Count);

    /// <summary>A column of objects.</summary>
    internal static Column Column(IReadOnlyList<Bag> lines, (string Name, KqlType Type) column) => Columns.Of(
        column.Type, [.. lines.Select(line => line.TryGetValue(column.Name, out var value) ? DynamicValue.To(column.Type, value) : column.Type == KqlType.String ? "" : null)]);

    /// <summary>The objects of the lines; empty lines are passed over.</summary>
    /// <exception cref="FormatException">A line is no JSON object.</exception>
    public static List<Bag> Lines(ReadOnlySpan<byte> utf8)
    {
        var lines = new List<Bag>();
        var number = 0;
        while (!utf8.IsEmpty)
        {
            number++;
            var end = utf8.IndexOf((byte)'\n');
            var line = (end < 0 ? utf8 : utf8[..end]).Trim(" \r\t"u8);
            utf8 = end < 0 ? [] : utf8[(end + 1)..];
            if (line.IsEmpty) continue;
            if (!DynamicJson.TryParse(line, out var value) || value is not Bag bag) throw new FormatException($"line {number} is no JSON object");
            lines.Add(bag);
        }

        return lines;
    }

    private static Column Column(object?[] values)
    {
        var kinds = values.Where(value => value is not null).Select(value => value!.GetType()).Distinct().ToList();
        if (kinds is [var only])
        {
            if (only == typeof(bool)) return Columns.Of(KqlType.Bool, values);
            if (only == typeof(long)) return Columns.Of(KqlType.Long, values);
            if (only == typeof(double)) return Columns.Of(KqlType.Real, values);
            if (only != typeof(string)) return new DynamicColumn(values);
            var texts = (StringColumn)Columns.Of(KqlType.String, values);
            return ColumnInference.Converted(texts, KqlType.DateTime, isStrict: true) ?? ColumnInference.Converted(texts, KqlType.Guid, isStrict: true) ?? texts;
        }

        if (kinds.Count == 2 && kinds.Contains(typeof(long)) && kinds.Contains(typeof(double))) return Columns.Of(KqlType.Real, [.. values.Select(value => (object?)DynamicValue.Real(value))]);
        return new DynamicColumn(values);
    }
}
