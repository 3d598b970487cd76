using Snowplow.Events.Enriched;

namespace Snowplow.Enrich;

/// <summary>Where an event was found, which is its id where the tracker sent none.</summary>
/// <param name="PayloadId">The collector's id for the payload; null where it gave none.</param>
/// <param name="Partition">The partition's name.</param>
/// <param name="Position">The record's position in the partition.</param>
/// <param name="Index">The event's index in the payload.</param>
internal readonly record struct EventPlace(Guid? PayloadId, string Partition, long Position, int Index)
{
    /// <summary>The UUID of the place: of the payload where it has an id, so that a payload stored twice gives the same events.</summary>
    public Guid ToEventId() => PayloadId is { } id ? EventId.FromPayload(id, Index) : EventId.FromPosition(Partition, Position, Index);
}
