using System.Collections.Concurrent;
using Snowplow.Storage.Landing;

namespace Snowplow.Grains.Partition;

/// <summary>
/// The partitions that work on this silo, where silos share them: at its stop a silo lets go of its own alone. What is asked of the cluster
/// could be some time old, or come from a silo that is gone. Thread-safe.
/// </summary>
/// <param name="tellOthers">Tells the other silos that this one leaves, so that they place no partition here.</param>
public sealed class PartitionsHere(Func<Task> tellOthers)
{
    private readonly ConcurrentDictionary<PartitionName, Func<Task>> _letGo = new();
    private volatile bool _isLeaving;

    /// <summary>Whether a partition works here.</summary>
    public bool Contains(PartitionName partition) => _letGo.ContainsKey(partition);

    /// <summary>Has a partition finish the batch under way, checkpoint and end, so that another silo goes on. Completes when that is done, or when it does not work here.</summary>
    public Task LetGoAsync(PartitionName partition) => _letGo.TryGetValue(partition, out var letGo) ? letGo() : Task.CompletedTask;

    /// <summary>Lets go of all partitions; none begins here any more.</summary>
    /// <param name="onFailure">Told of those that did not finish.</param>
    public async Task LeaveAsync(Action<PartitionName, Exception> onFailure)
    {
        _isLeaving = true;
        await tellOthers();
        await Task.WhenAll(_letGo.Keys.Select(async partition =>
        {
            try
            {
                await LetGoAsync(partition);
            }
            catch (Exception failure)
            {
                onFailure(partition, failure);
            }
        }));
    }

    /// <summary>Notes that a partition begins; false when it must not, since the silo leaves.</summary>
    internal bool TryAdd(PartitionName partition, Func<Task> letGo)
    {
        if (_isLeaving) return false;
        _letGo[partition] = letGo;
        // Whoever leaves meanwhile has not seen it.
        if (!_isLeaving) return true;
        Remove(partition, letGo);
        return false;
    }

    /// <summary>Notes that a partition has ended.</summary>
    internal void Remove(PartitionName partition, Func<Task> letGo) => _letGo.TryRemove(new(partition, letGo));
}
