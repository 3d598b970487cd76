using Snowplow.Kql.Data;

namespace Snowplow.Kql.Tests;

/// <summary>A table of one row whose reading cancels the query: what a client does that goes while the engine works.</summary>
internal sealed class StoppingTable(CancellationTokenSource stop) : Table("Stopping", [("k", KqlType.Long)])
{
    public override IReadOnlyList<Extent> Extents(IReadOnlyList<RowTest> tests) => [new StoppingExtent(stop)];

    private sealed class StoppingExtent(CancellationTokenSource stop) : Extent
    {
        public override int RowCount => 1;

        public override Column Read(int column, int start, int count)
        {
            stop.Cancel();
            return new ValueColumn<long>(KqlType.Long, [1]);
        }
    }
}
