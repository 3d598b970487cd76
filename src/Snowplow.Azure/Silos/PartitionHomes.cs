using System.IO.Hashing;
using System.Text;

namespace Snowplow.Azure.Silos;

/// <summary>
/// Which silo works on which partition, so that each has as many as another, give or take one, and few move when silos come and go: each
/// partition, in order, takes the silo that it likes best (by a hash of both) of those that are not full.
/// </summary>
internal static class PartitionHomes
{
    /// <summary>The silo of each partition.</summary>
    /// <param name="partitions">The number of partitions.</param>
    /// <param name="silos">The silos, in any order; at least one.</param>
    public static string[] Of(int partitions, IReadOnlyCollection<string> silos)
    {
        var most = (partitions + silos.Count - 1) / silos.Count;
        var taken = silos.ToDictionary(silo => silo, _ => 0, StringComparer.Ordinal);
        var homes = new string[partitions];
        for (var partition = 0; partition < partitions; partition++)
        {
            var home = silos.Where(silo => taken[silo] < most).MaxBy(silo => (Liking(partition, silo), silo))!;
            taken[home]++;
            homes[partition] = home;
        }

        return homes;
    }

    private static ulong Liking(int partition, string silo) =>
        XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(silo), partition);
}
