namespace Snowplow.Grains.Tests.Pipeline;

/// <summary>What the collector appends for one request of a tracker.</summary>
/// <param name="PartitionKey">Names the partition it goes to.</param>
/// <param name="PayloadId">The payload's id.</param>
/// <param name="Thrift">The serialised payload.</param>
/// <param name="EventIds">The ids of the events in it.</param>
internal sealed record TrackedPayload(string PartitionKey, Guid PayloadId, ReadOnlyMemory<byte> Thrift, IReadOnlyList<Guid> EventIds);
