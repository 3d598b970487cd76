using System.Collections;
using Snowplow.Events.Enriched;

namespace Snowplow.Grains;

/// <summary>
/// Some events of one landed batch: what a partition sends to one grain. In one process it is a view of the batch; between
/// silos it travels as the events' lines (<see cref="LandedEventsConverter"/>).
/// </summary>
[Immutable]
public sealed class LandedEvents : IReadOnlyList<EnrichedEvent>
{
    private readonly EnrichedBatch _batch;
    private readonly int[] _indexes;

    /// <summary>Selects events of a batch.</summary>
    /// <param name="batch">The landed batch.</param>
    /// <param name="indexes">0-based indexes of events, ascending; the array must not change afterwards.</param>
    public LandedEvents(EnrichedBatch batch, int[] indexes)
    {
        _batch = batch;
        _indexes = indexes;
    }

    /// <inheritdoc/>
    public int Count => _indexes.Length;

    /// <inheritdoc/>
    public EnrichedEvent this[int index] => _batch[_indexes[index]];

    /// <inheritdoc/>
    public IEnumerator<EnrichedEvent> GetEnumerator()
    {
        foreach (var index in _indexes) yield return _batch[index];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
