using System.Globalization;
using System.Text.Json;
using Snowplow.Storage.Blobs;
using Snowplow.Storage.Landing;

namespace Snowplow.Azure.DataExplorer;

/// <summary>
/// Up to where events and bad rows had gone into the queue when all was made anew: <c>load/loaded/{generation}.json</c>, for each partition a
/// position. They are not loaded again with the rows that are made anew.
/// </summary>
public static class RemodelledLoads
{
    /// <summary>Notes it, before a remodel moves partitions. May be repeated until then.</summary>
    /// <param name="blobs">The blobs.</param>
    /// <param name="generation">The <c>model_generation</c> so far.</param>
    /// <param name="next">That of the tables which are made anew.</param>
    /// <param name="ranges">The range that each partition is finishing: all before it went into the queue, and all of it or nothing.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="IOException">The blobs failed.</exception>
    public static async Task NoteAsync(
        IBlobStore blobs, int generation, int next, IReadOnlyDictionary<string, (long From, long UpTo)> ranges, CancellationToken cancellationToken)
    {
        var loaded = (await ReadAsync(blobs, generation, cancellationToken)).ToDictionary();
        var folder = new LoadFolder(blobs);
        var (last, _) = await folder.LastAsync(cancellationToken);
        foreach (var (partition, (from, upTo)) in ranges)
        {
            var name = LoadFolder.PartitionName(PartitionName.Parse(partition), generation);
            var isQueued = last.Covers(name, from) || await folder.HasAsync(name, from, cancellationToken);
            loaded[partition] = Math.Max(loaded.GetValueOrDefault(partition), isQueued ? upTo : from);
        }

        await folder.RemoveOrphansAsync(last, isNobodyAtWork: true, cancellationToken);
        var before = await blobs.ReadWholeAsync(NameOf(next), cancellationToken);
        if (!await blobs.TryReplaceAsync(NameOf(next), before, JsonSerializer.SerializeToUtf8Bytes(loaded, LoadJson.Default.DictionaryStringInt64), cancellationToken))
            throw new IOException($"Somebody else writes '{NameOf(next)}'.");
    }

    /// <summary>Reads what was noted for a generation; of others nothing.</summary>
    internal static async Task<IReadOnlyDictionary<string, long>> ReadAsync(IBlobStore blobs, int generation, CancellationToken cancellationToken) =>
        await blobs.ReadWholeAsync(NameOf(generation), cancellationToken) is { Length: > 0 } json ? JsonSerializer.Deserialize(json, LoadJson.Default.DictionaryStringInt64)! : [];

    private static string NameOf(int generation) => string.Create(CultureInfo.InvariantCulture, $"load/loaded/{generation}.json");
}
