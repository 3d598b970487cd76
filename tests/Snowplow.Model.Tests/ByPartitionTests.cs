namespace Snowplow.Model.Tests;

public sealed class ByPartitionTests
{
    [Fact]
    public void Values_OfSeveralPartitions_AreKeptApartInTheOrderOfTheirFirstNaming()
    {
        ByPartition<long> values = default;
        values.Count.ShouldBe(0);
        values.Find("log/0").ShouldBe(0);

        values.Of("log/2") = 5;
        values.Of("log/0") = 7;
        values.Of("log/1") = 9;
        values.Of("log/0") += 1;
        values.Of("log/2") += 1;

        Enumerable.Range(0, values.Count).Select(at => values[at]).ShouldBe([("log/2", 6L), ("log/0", 8L), ("log/1", 9L)]);
        values.Find("log/0").ShouldBe(8);
        values.Find("log/3").ShouldBe(0);
    }
}
