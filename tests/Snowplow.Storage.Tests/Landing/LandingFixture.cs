using System.Text;
using Snowplow.Events.Enriched;
using Snowplow.Storage.Blobs;
using Snowplow.Storage.Landing;

namespace Snowplow.Storage.Tests.Landing;

/// <summary>Batches that are easy to tell apart, and short ways to land and read them.</summary>
internal static class LandingFixture
{
    public static readonly PartitionName Partition = new("s1", 3);

    public static readonly LandingOptions Options = new();

    public static readonly DateTimeOffset Hour = new(2026, 11, 22, 1, 0, 0, TimeSpan.Zero);

    /// <summary>Lines of enriched TSV whose app_id holds a label.</summary>
    public static byte[] Tsv(params string[] labels) =>
        Encoding.UTF8.GetBytes(string.Concat(labels.Select(label => label + new string('\t', EventFields.Count - 1) + "\n")));

    public static byte[] Json(params string[] labels) => Encoding.UTF8.GetBytes(string.Concat(labels.Select(label => $"{{\"row\":\"{label}\"}}\n")));

    public static string[] Labels(LandedBatch batch) =>
        [.. Enumerable.Range(0, batch.Events.Count).Select(i => batch.Events[i].Text((EventField)0)!)];

    public static ValueTask<LandedLog> OpenAsync(IBlobStore blobs, long from = 0, LandingOptions? options = null) =>
        LandedLog.OpenAsync(blobs, Partition, from, options ?? Options, CancellationToken.None);

    /// <summary>Opens a log and reads it to its end.</summary>
    public static async Task<(LandedLog Log, List<LandedBatch> Batches)> RecoverAsync(IBlobStore blobs, long from = 0, LandingOptions? options = null)
    {
        var log = await OpenAsync(blobs, from, options);
        var batches = new List<LandedBatch>();
        while (await log.ReadAsync(batches.Count == 0 ? from : batches[^1].UpTo, CancellationToken.None) is { } batch) batches.Add(batch);
        return (log, batches);
    }

    public static ValueTask LandAsync(LandedLog log, long x, long d, string[] good, string[]? bad = null, DateTimeOffset? hour = null, string[]? failed = null) =>
        log.LandAsync(
            x, d, hour ?? Hour, new BatchLines(Tsv(good), good.Length), new BatchLines(Json(bad ?? []), bad?.Length ?? 0),
            new BatchLines(Tsv(failed ?? []), failed?.Length ?? 0), CancellationToken.None);

    public static async Task<List<LandedBatch>> ReadAllAsync(IBlobStore blobs)
    {
        var batches = new List<LandedBatch>();
        await foreach (var batch in LandedFiles.ReadAllAsync(blobs, CancellationToken.None)) batches.Add(batch);
        return batches;
    }

    public static async Task<string> BadRowsAsync(IBlobStore blobs, LandedBatch batch) =>
        Encoding.UTF8.GetString((await LandedFiles.ReadBadRowsAsync(blobs, batch, CancellationToken.None)).Span);

    public static async Task<string> FailedEventsAsync(IBlobStore blobs, LandedBatch batch) =>
        Encoding.UTF8.GetString((await LandedFiles.ReadFailedEventsAsync(blobs, batch, CancellationToken.None)).Span);

    public static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);
}
