using System.Collections.Immutable;

namespace Snowplow.Azure.DataExplorer;

/// <summary>
/// Files of several units that are loaded together. Fixed before anything of it is loaded, so that whoever tries again loads the same; its
/// id is the tag by which Data Explorer refuses to load it twice.
/// </summary>
/// <param name="Number">Batches count from 1.</param>
/// <param name="Id">What no other batch has, also not one of a container that was deleted.</param>
/// <param name="Files">The files.</param>
/// <param name="Loaded">Of each partition the first position of the last unit that this batch or one before holds.</param>
internal sealed record LoadBatch(long Number, Guid Id, IReadOnlyList<LoadFile> Files, ImmutableSortedDictionary<string, long> Loaded)
{
    /// <summary>What comes before the first one.</summary>
    public static readonly LoadBatch None = new(0, Guid.Empty, [], ImmutableSortedDictionary<string, long>.Empty);

    /// <summary>Whether a unit is in this batch or one before, or came behind a later one of its partition: then it is not to be loaded.</summary>
    public bool Covers(string partition, long from) => Loaded.TryGetValue(partition, out var last) && from <= last;
}
