using Snowplow.Kql.Data;

namespace Snowplow.Kql.Tests;

/// <summary>A table whose rows cannot be read: what a lost disk looks like to the engine.</summary>
internal sealed class FailingTable() : Table("Broken", [("x", KqlType.Long)])
{
    public override IReadOnlyList<Extent> Extents(IReadOnlyList<RowTest> tests) => [new FailingExtent()];

    private sealed class FailingExtent : Extent
    {
        public override int RowCount => 10;

        public override Column Read(int column, int start, int count) => throw new IOException("the disk is gone");
    }
}
