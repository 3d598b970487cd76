using Snowplow.Kql.Data;

namespace Snowplow.Kql.Files;

/// <summary>
/// Reads a file whose columns are known, a batch at a time: CSV and TSV have the fields of all columns in order, lines of JSON have them by name. A field
/// that is none of its column's type has no value. Only the columns that are asked for are made.
/// </summary>
/// <param name="format">The file's form.</param>
/// <param name="columns">All columns of the file.</param>
/// <param name="places">The columns that are asked for.</param>
/// <param name="ignoresFirst">Whether the first record is no row.</param>
internal sealed class DeclaredFile(FileFormat format, IReadOnlyList<(string Name, KqlType Type)> columns, IReadOnlyList<int> places, bool ignoresFirst)
{
    /// <summary>The rows of a file, at most <see cref="Batch.Size"/> at a time: the columns that are asked for, and how many rows.</summary>
    /// <exception cref="FormatException">A record has other fields than there are columns, or is no JSON object.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public IEnumerable<(Column[] Columns, int RowCount)> Read(Stream file)
    {
        var records = new RecordBuffer(file, isQuoted: format == FileFormat.Csv);
        var place = new Place(ignoresFirst);
        while (true)
        {
            var (read, count) = format == FileFormat.Json ? ReadLines(records, place) : ReadFields(records, place);
            if (count == 0) yield break;
            yield return (read, count);
        }
    }

    private (Column[] Columns, int RowCount) ReadFields(RecordBuffer records, Place place)
    {
        // What nobody asks for has no builder.
        var builders = new StringColumnBuilder?[columns.Count];
        foreach (var asked in places) builders[asked] = new StringColumnBuilder();
        var rows = 0;
        while (rows < Batch.Size && records.Fill())
        {
            var fields = new FieldReader(records.Records, format == FileFormat.Csv ? (byte)',' : (byte)'\t', isQuoted: format == FileFormat.Csv);
            while (rows < Batch.Size && !fields.IsAtEnd)
            {
                var isRow = place.IsRow();
                var count = 0;
                while (fields.Next())
                {
                    if (isRow && count < builders.Length) builders[count]?.Add(fields.Field);
                    count++;
                }

                if (!isRow) continue;
                if (count != builders.Length) throw new FormatException($"line {place.Line} has {count} fields, not {builders.Length}");
                rows++;
            }

            records.Take(fields.Place);
        }

        return ([.. places.Select(asked => ColumnInference.Converted(builders[asked]!.Finish(), columns[asked].Type, isStrict: false)!)], rows);
    }

    private (Column[] Columns, int RowCount) ReadLines(RecordBuffer records, Place place)
    {
        var bags = new List<Bag>();
        while (bags.Count < Batch.Size && records.Fill())
        {
            var rest = records.Records;
            var end = rest.IndexOf((byte)'\n');
            var line = (end < 0 ? rest : rest[..end]).Trim(" \r\t"u8);
            records.Take(end < 0 ? rest.Length : end + 1);
            if (!place.IsRow() || line.IsEmpty) continue;
            if (!DynamicJson.TryParse(line, out var value) || value is not Bag bag) throw new FormatException($"line {place.Line} is no JSON object");
            bags.Add(bag);
        }

        return ([.. places.Select(asked => JsonLinesFile.Column(bags, columns[asked]))], bags.Count);
    }

    // Where in the file reading is.
    private sealed class Place(bool ignoresFirst)
    {
        public long Line { get; private set; }

        // Goes on to the next record, and says whether it is a row.
        public bool IsRow() => ++Line > 1 || !ignoresFirst;
    }
}
