using Snowplow.Kql.Data;

namespace Snowplow.Kql.Tests;

/// <summary>A table of one row that knows how often its rows were read and by what tests.</summary>
internal sealed class CountedTable() : Table("Counted", [("x", KqlType.Long)])
{
    private readonly CountedExtent _extent = new();

    public int Scans => _extent.Reads;

    public List<RowTest> Tests { get; } = [];

    public override IReadOnlyList<Extent> Extents(IReadOnlyList<RowTest> tests)
    {
        Tests.AddRange(tests);
        return [_extent];
    }

    private sealed class CountedExtent : Extent
    {
        public int Reads { get; private set; }

        public override int RowCount => 1;

        public override Column Read(int column, int start, int count)
        {
            Reads++;
            return new ValueColumn<long>(KqlType.Long, [1]);
        }
    }
}
