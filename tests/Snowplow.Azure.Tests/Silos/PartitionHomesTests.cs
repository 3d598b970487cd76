using Snowplow.Azure.Silos;

namespace Snowplow.Azure.Tests.Silos;

public sealed class PartitionHomesTests
{
    [Fact]
    public void Homes_OfAnyNumbers_AreEvenAndTheSameInAnyOrder()
    {
        var random = new Random(1);
        for (var round = 0; round < 200; round++)
        {
            var silos = Enumerable.Range(0, random.Next(1, 12)).Select(i => $"S10.0.{round}.{i}:11111:{random.Next()}").ToArray();
            var homes = PartitionHomes.Of(random.Next(1, 64), silos);

            PartitionHomes.Of(homes.Length, [.. silos.OrderDescending(StringComparer.Ordinal)]).ShouldBe(homes);
            var most = (homes.Length + silos.Length - 1) / silos.Length;
            silos.Max(silo => homes.Count(home => home == silo)).ShouldBeLessThanOrEqualTo(most);
        }
    }

    [Fact]
    public void Homes_WhenASiloGoes_MoveFewOfTheOthers()
    {
        var (moved, stayed) = (0, 0);
        for (var round = 0; round < 100; round++)
        {
            var silos = Enumerable.Range(0, 4).Select(i => $"S10.{round}.0.{i}:11111:{round}").ToArray();
            var (before, after) = (PartitionHomes.Of(32, silos), PartitionHomes.Of(32, silos[..3]));
            for (var i = 0; i < 32; i++)
            {
                if (before[i] == silos[3]) continue;
                if (before[i] == after[i]) stayed++;
                else moved++;
            }
        }

        moved.ShouldBeLessThan(stayed / 3);
    }
}
