using System.Runtime.CompilerServices;
using Snowplow.Storage.Blobs;

namespace Snowplow.Storage.Landing;

/// <summary>Reads what has landed, for tools and tests. Changes nothing, and may run beside the activations that land.</summary>
public static class LandedFiles
{
    /// <summary>
    /// All committed batches of every stream and partition, each partition's in order. Unfinished tails are left alone and
    /// left out. A partition begins with its oldest file, as older ones may have been moved away.
    /// </summary>
    /// <exception cref="LandingCorruptException">A file is damaged, or one is missing between others.</exception>
    public static async IAsyncEnumerable<LandedBatch> ReadAllAsync(IBlobStore blobs, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var files = new List<LandingPath>();
        await foreach (var entry in blobs.ListAsync(LandingPath.Enriched + "/", cancellationToken))
            if (LandingPath.TryParse(entry.Name, out var path))
                files.Add(path);

        foreach (var partition in files.GroupBy(file => file.Partition))
        {
            var chain = await LandedChain.OpenAsync(blobs, partition.Key, partition, partition.Min(file => file.First), cancellationToken);
            while (await chain.ReadAsync(cancellationToken) is { } batch) yield return batch;
        }
    }

    /// <summary>The bad rows of a committed batch: lines of JSON, empty where it has none.</summary>
    /// <exception cref="LandingCorruptException">The bad file is damaged or missing.</exception>
    public static ValueTask<ReadOnlyMemory<byte>> ReadBadRowsAsync(IBlobStore blobs, LandedBatch batch, CancellationToken cancellationToken) =>
        ReadAsync(blobs, batch, batch.Bad, MemberKind.BadRows, cancellationToken);

    /// <summary>The failed events of a committed batch: lines of enriched TSV, empty where it has none.</summary>
    /// <exception cref="LandingCorruptException">The failed file is damaged or missing.</exception>
    public static ValueTask<ReadOnlyMemory<byte>> ReadFailedEventsAsync(IBlobStore blobs, LandedBatch batch, CancellationToken cancellationToken) =>
        ReadAsync(blobs, batch, batch.Failed, MemberKind.FailedEvents, cancellationToken);

    private static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(
        IBlobStore blobs, LandedBatch batch, SideLines lines, MemberKind kind, CancellationToken cancellationToken)
    {
        if (lines.MemberLength == 0) return ReadOnlyMemory<byte>.Empty;
        var reader = new MemberReader(blobs, lines.File!, batch.Partition, lines.CommittedLength - lines.MemberLength);
        if (await reader.ReadAsync(withContent: true, cancellationToken) is { Header: var header, Content: { } content }
            && header.Kind == kind && header.From == batch.From && header.UpTo == batch.UpTo && header.MemberLength == lines.MemberLength)
            return content;
        throw reader.Corrupt($"the lines of the batch [{batch.From}, {batch.UpTo}) are not here.");
    }
}
