using Snowplow.Kql.Data;

namespace Snowplow.Kql.Files;

/// <summary>Reads tables of CSV (RFC 4180, with a header) and of TSV (with a header, nothing quoted).</summary>
public static class DelimitedFile
{
    /// <summary>The table of a CSV file's bytes; the types of the columns are inferred.</summary>
    /// <exception cref="FormatException">The file has no header, or a line has other fields than it.</exception>
    public static MemoryTable ReadCsv(string name, ReadOnlySpan<byte> utf8) => Read(name, utf8, (byte)',', isQuoted: true);

    /// <summary>The table of a TSV file's bytes; the types of the columns are inferred.</summary>
    /// <exception cref="FormatException">The file has no header, or a line has other fields than it.</exception>
    public static MemoryTable ReadTsv(string name, ReadOnlySpan<byte> utf8) => Read(name, utf8, (byte)'\t', isQuoted: false);

    /// <summary>The table of lines without a header, whose columns are known.</summary>
    /// <exception cref="FormatException">A line has other fields than there are columns.</exception>
    public static MemoryTable ReadTsv(string name, ReadOnlySpan<byte> utf8, IReadOnlyList<(string Name, KqlType Type)> columns) =>
        Read(name, utf8, columns, (byte)'\t', isQuoted: false);

    /// <summary>The table of lines of CSV without a header, whose columns are known.</summary>
    /// <exception cref="FormatException">A line has other fields than there are columns.</exception>
    public static MemoryTable ReadCsv(string name, ReadOnlySpan<byte> utf8, IReadOnlyList<(string Name, KqlType Type)> columns) =>
        Read(name, utf8, columns, (byte)',', isQuoted: true);

    private static MemoryTable Read(string name, ReadOnlySpan<byte> utf8, IReadOnlyList<(string Name, KqlType Type)> columns, byte delimiter, bool isQuoted)
    {
        var texts = ReadTexts(utf8, columns.Count, delimiter, isQuoted, firstLine: 1);
        return new MemoryTable(name, columns, [.. columns.Select((column, i) => ColumnInference.Converted(texts[i], column.Type, isStrict: false)!)], texts[0].Length);
    }

    private static MemoryTable Read(string name, ReadOnlySpan<byte> utf8, byte delimiter, bool isQuoted)
    {
        if (utf8.StartsWith("\uFEFF"u8)) utf8 = utf8[3..];
        var fields = new FieldReader(utf8, delimiter, isQuoted);
        var header = new List<string>();
        while (fields.Next()) header.Add(System.Text.Encoding.UTF8.GetString(fields.Field));
        if (header.Count == 0 || header is [""]) throw new FormatException("the file is empty: its first line must name the columns");
        if (header.Distinct(StringComparer.Ordinal).Count() < header.Count) throw new FormatException("two columns of the header have the same name");
        var texts = ReadTexts(utf8[fields.Place..], header.Count, delimiter, isQuoted, firstLine: 2);
        var columns = texts.Select(ColumnInference.Infer).ToArray();
        return new MemoryTable(name, [.. header.Zip(columns, (column, values) => (column, values.Type))], columns, texts[0].Length);
    }

    private static StringColumn[] ReadTexts(ReadOnlySpan<byte> utf8, int count, byte delimiter, bool isQuoted, int firstLine)
    {
        var builders = Enumerable.Range(0, count).Select(_ => new StringColumnBuilder()).ToArray();
        var fields = new FieldReader(utf8, delimiter, isQuoted);
        for (var line = firstLine; !fields.IsAtEnd; line++)
        {
            var place = 0;
            while (fields.Next())
            {
                if (place < count) builders[place].Add(fields.Field);
                place++;
            }

            if (place != count) throw new FormatException($"line {line} has {place} fields, not {count}");
        }

        return [.. builders.Select(builder => builder.Finish())];
    }
}
