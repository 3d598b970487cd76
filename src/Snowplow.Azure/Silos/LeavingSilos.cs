using System.Collections.Concurrent;

namespace Snowplow.Azure.Silos;

/// <summary>
/// The silos that said that they leave. Each still answers as a member while its partitions finish, and would get them back at the next ping;
/// so partitions are placed as if it had gone. Thread-safe.
/// </summary>
internal sealed class LeavingSilos
{
    // Addresses are unique to a run of a silo, and few leave while another runs.
    private readonly ConcurrentDictionary<SiloAddress, bool> _silos = new();

    /// <summary>Notes that a silo leaves.</summary>
    public void Add(SiloAddress silo) => _silos[silo] = true;

    /// <summary>Those of the silos that stay; all, if none does.</summary>
    public SiloAddress[] Staying(IReadOnlyCollection<SiloAddress> silos)
    {
        SiloAddress[] staying = [.. silos.Where(silo => !_silos.ContainsKey(silo))];
        return staying.Length > 0 ? staying : [.. silos];
    }
}
