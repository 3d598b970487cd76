using Snowplow.Kql.Data;

namespace Snowplow.Kql.Tests.Properties;

/// <summary>A table whose rows lie in extents of a few rows each, or some more, strings by dictionaries of their own, so that small tables go the ways of large ones.</summary>
internal sealed class SplitTable : Table
{
    private readonly List<Extent> _extents = [];

    public SplitTable(string name, IReadOnlyList<(string Name, KqlType Type)> columns, IReadOnlyList<object?[]> rows, Random random, int mostRows = 5)
        : base(name, columns)
    {
        for (var start = 0; start < rows.Count;)
        {
            var part = rows.Skip(start).Take(random.Next(1, mostRows + 1)).ToList();
            _extents.Add(new Part([.. columns.Select((column, i) => Data.Columns.Of(column.Type, [.. part.Select(row => row[i])]))], part.Count));
            start += part.Count;
        }
    }

    public override IReadOnlyList<Extent> Extents(IReadOnlyList<RowTest> tests) => _extents;

    private sealed class Part(Column[] columns, int count) : Extent
    {
        public override int RowCount => count;

        public override Column Read(int column, int start, int rows) => columns[column].Slice(start, rows);
    }
}
