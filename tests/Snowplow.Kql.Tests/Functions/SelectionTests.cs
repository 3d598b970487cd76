using Snowplow.Kql.Aggregates.Core;

namespace Snowplow.Kql.Tests.Functions;

public sealed class SelectionTests
{
    [Fact]
    public void Selection_OfRanksInOrder_GivesWhatSortingGives()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var different = random.Next(1, 2000);
            double[] values = [.. Enumerable.Range(0, random.Next(1, 3000)).Select(i => seed % 5 == 0 ? i : random.Next(20) == 0 ? double.NaN : random.Next(different) / 4.0)];
            double[] sorted = [.. values.Order()];
            var low = 0;
            foreach (var rank in Enumerable.Range(0, 4).Select(_ => random.Next(values.Length)).Order())
            {
                Selection.Select(values, low, rank);
                values[rank].ShouldBe(sorted[rank], $"seed {seed}, rank {rank}");
                low = rank;
            }
        }
    }
}
