namespace Snowplow.Grains.Partition;

/// <summary>A user or session grain lost what it was sent: the partition replays from the first position not finished.</summary>
internal sealed class GrainBehindException(string grain) : Exception($"Grain {grain} lacks a batch that it was sent.");
