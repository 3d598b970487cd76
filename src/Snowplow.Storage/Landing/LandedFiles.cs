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
        foreach (var partition in await ListAsync(blobs, cancellationToken))
            await foreach (var batch in ReadAsync(blobs, partition.ToList(), partition.Key, partition.Min(file => file.First), cancellationToken))
                yield return batch;
    }

    /// <summary>The partitions that have enriched files, with their files in any order.</summary>
    public static async ValueTask<IReadOnlyList<IGrouping<PartitionName, LandingPath>>> ListAsync(IBlobStore blobs, CancellationToken cancellationToken)
    {
        var files = new List<LandingPath>();
        await foreach (var entry in blobs.ListAsync(LandingPath.Enriched + "/", cancellationToken))
            if (LandingPath.TryParse(entry.Name, out var path))
                files.Add(path);
        return [.. files.GroupBy(file => file.Partition)];
    }

    /// <summary>The committed batches of a partition from a position on, or from its oldest file on where that begins later.</summary>
    /// <param name="blobs">Where the files are.</param>
    /// <param name="files">The partition's enriched files, in any order; files of later batches need not be among them.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="from">The position: a batch begins there, or none has landed there.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="LandingCorruptException">A file is damaged, or one is missing between others.</exception>
    public static async IAsyncEnumerable<LandedBatch> ReadAsync(
        IBlobStore blobs, IReadOnlyCollection<LandingPath> files, PartitionName partition, long from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (files.Count == 0) yield break;
        var chain = await LandedChain.OpenAsync(blobs, partition, files, Math.Max(from, files.Min(file => file.First)), cancellationToken);
        while (await chain.ReadAsync(cancellationToken) is { } batch) yield return batch;
    }

    /// <summary>The bad rows of a committed batch: lines of JSON, empty where it has none.</summary>
    /// <exception cref="LandingCorruptException">The bad file is damaged or missing.</exception>
    public static ValueTask<ReadOnlyMemory<byte>> ReadBadRowsAsync(IBlobStore blobs, LandedBatch batch, CancellationToken cancellationToken) =>
        ReadAsync(blobs, batch, batch.Bad, MemberKind.BadRows, cancellationToken);

    /// <summary>The same, empty too where the bad file is no more: it may have been moved away.</summary>
    /// <exception cref="LandingCorruptException">The bad file is damaged.</exception>
    public static async ValueTask<ReadOnlyMemory<byte>> ReadBadRowsIfThereAsync(IBlobStore blobs, LandedBatch batch, CancellationToken cancellationToken) =>
        batch.Bad.MemberLength == 0 || await blobs.GetLengthAsync(batch.Bad.File!, cancellationToken) is null
            ? ReadOnlyMemory<byte>.Empty
            : await ReadBadRowsAsync(blobs, batch, cancellationToken);

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
