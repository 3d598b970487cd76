using System.Text;
using Snowplow.Storage.Blobs;
using Snowplow.Storage.Landing;
using static Snowplow.Storage.Tests.Landing.LandingFixture;

namespace Snowplow.Storage.Tests.Landing;

/// <summary>Lines leave files of real folders: positions, lengths and what batches say of bad and failed files stay true.</summary>
public sealed class MemberRewriteTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Rewrite_OfAnyFileFirst_LeavesALogThatIsReadAndGoesOn()
    {
        foreach (var order in new[] { "enriched bad failed", "bad failed enriched", "failed enriched bad enriched" })
        {
            var path = Path.Combine(_folder.Path, order);
            var blobs = new FolderBlobStore(path);
            var (log, _) = await RecoverAsync(blobs);
            await LandAsync(log, 0, 5, ["ann-1", "bob-1", "ann-2"], ["ann", "bob"]);
            await LandAsync(log, 5, 9, ["ann-3"], ["ann"], failed: ["ann", "bob"]);
            await LandAsync(log, 9, 10, ["bob-2"]);

            var rewrite = new MemberRewrite(new FolderBlobStore(path));
            foreach (var area in order.Split(' '))
                foreach (var file in await rewrite.FilesAsync(area, default)) await rewrite.RewriteAsync(file.Name, WithoutAnn, default);
            foreach (var file in await rewrite.FilesAsync(LandingPath.Enriched, default)) await rewrite.RewriteAsync(file.Name, WithoutAnn, default);

            var batches = await ReadAllAsync(blobs);
            batches.Select(b => (b.From, b.UpTo, b.GoodCount, b.Bad.Count, b.Failed.Count)).ShouldBe([(0, 5, 1, 1, 0), (5, 9, 0, 0, 1), (9, 10, 1, 0, 0)], order);
            batches.SelectMany(Labels).ShouldBe(["bob-1", "bob-2"]);
            (await BadRowsAsync(blobs, batches[0])).ShouldBe(Text(Json("bob")));
            (await BadRowsAsync(blobs, batches[1])).ShouldBeEmpty();
            (await FailedEventsAsync(blobs, batches[1])).ShouldBe(Text(Tsv("bob")));

            var (next, _) = await RecoverAsync(new FolderBlobStore(path));
            await LandAsync(next, 10, 12, ["cid"], ["cid"]);
            batches = await ReadAllAsync(new FolderBlobStore(path));
            batches.SelectMany(Labels).ShouldBe(["bob-1", "bob-2", "cid"]);
            (await BadRowsAsync(blobs, batches[^1])).ShouldBe(Text(Json("cid")));
        }
    }

    [Fact]
    public async Task Rewrite_OfAFileWithoutSuchLines_LeavesItAlone()
    {
        var (log, _) = await RecoverAsync(new FolderBlobStore(_folder.Path));
        await LandAsync(log, 0, 5, ["bob"], ["bob"]);
        var rewrite = new MemberRewrite(new FolderBlobStore(_folder.Path));
        foreach (var area in new[] { LandingPath.Enriched, LandingPath.Bad })
            (await rewrite.RewriteAsync((await rewrite.FilesAsync(area, default)).ShouldHaveSingleItem().Name, WithoutAnn, default)).ShouldBeFalse();
    }

    private static byte[] WithoutAnn(PartitionName partition, long from, byte[] lines)
    {
        var kept = string.Concat(Encoding.UTF8.GetString(lines).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.Contains("ann", StringComparison.Ordinal)).Select(line => line + "\n"));
        return Encoding.UTF8.GetBytes(kept);
    }
}
