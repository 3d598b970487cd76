namespace Snowplow.Streams.Local;

/// <summary>What a journal file holds.</summary>
/// <param name="Generation">The number of its rounds; later files have greater ones.</param>
/// <param name="Previous">The generation in the other file, if what it holds may not be durable elsewhere; otherwise 0.</param>
internal readonly record struct JournalHead(long Generation, long Previous);
