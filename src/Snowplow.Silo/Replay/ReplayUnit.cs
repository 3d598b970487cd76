using Snowplow.Enrich;

namespace Snowplow.Silo.Replay;

/// <summary>One stored file whose records are replayed into files of its name.</summary>
/// <param name="Name">The name of the results, without ending; always the same for the same file.</param>
/// <param name="Source">The file, for messages.</param>
/// <param name="SizeBytes">The file's size.</param>
/// <param name="Records">Its records that are asked for, in order.</param>
internal sealed record ReplayUnit(string Name, string Source, long SizeBytes, Func<IEnumerable<ReplayRecord>> Records);

/// <summary>One stored record.</summary>
/// <param name="Raw">What to enrich; null where it cannot be enriched again.</param>
/// <param name="Type">The type of the bad row that it was; null for a raw payload.</param>
/// <param name="Line">The bad row as it was; empty for a raw payload.</param>
internal sealed record ReplayRecord(RawPayload? Raw, string? Type, ReadOnlyMemory<byte> Line);
