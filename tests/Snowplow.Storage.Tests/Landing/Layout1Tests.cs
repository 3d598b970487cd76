using Snowplow.Storage.Tests.Blobs;
using static Snowplow.Storage.Tests.Landing.LandingFixture;

namespace Snowplow.Storage.Tests.Landing;

/// <summary>
/// Data folders of those who upgrade. The files beside this one were written by the last code of layout 1: two activations, four
/// batches in two hours.
/// </summary>
public sealed class Layout1Tests
{
    private const string SecondBad = "bad/2026-11-22/02/s1-003-00000000000000000010-2.jsonl.gz";

    private readonly MemoryBlobStore _store = new(canTruncate: true);

    public Layout1Tests()
    {
        var root = Path.Combine(AppContext.BaseDirectory, "Landing", "Layout1");
        foreach (var file in Directory.EnumerateFiles(root, "*.gz", SearchOption.AllDirectories))
            _store[Path.GetRelativePath(root, file).Replace('\\', '/')] = File.ReadAllBytes(file);
    }

    [Fact]
    public async Task Files_OfLayout1_AreReadAsTheyWereLanded()
    {
        var all = await ReadAllAsync(_store);

        all.Select(b => (b.From, b.UpTo, b.GoodCount, b.Bad.Count, b.Failed)).ShouldBe(
            [(0, 5, 2, 1, default), (5, 9, 0, 2, default), (9, 10, 1, 0, default), (10, 12, 0, 1, default)]);
        all.SelectMany(Labels).ShouldBe(["a", "b", "c"]);
        (await BadRowsAsync(_store, all[1])).ShouldBe(Text(Json("y", "z")));
        (await BadRowsAsync(_store, all[3])).ShouldBe(Text(Json("w")));
        (await FailedEventsAsync(_store, all[3])).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(12)]
    public async Task Log_OfLayout1_GoesOnInTheNext(long finished)
    {
        var (log, _) = await RecoverAsync(_store, finished);
        await LandAsync(log, 12, 13, ["d"], ["v"], failed: ["v"]);
        await LandAsync(log, 13, 14, ["e"], hour: Hour.AddHours(2));

        var all = await ReadAllAsync(_store);
        all.SelectMany(Labels).ShouldBe(["a", "b", "c", "d", "e"]);
        (await BadRowsAsync(_store, all[3])).ShouldBe(Text(Json("w")));
        (await BadRowsAsync(_store, all[4])).ShouldBe(Text(Json("v")));
        (await FailedEventsAsync(_store, all[4])).ShouldBe(Text(Tsv("v")));
    }

    [Fact]
    public async Task BadRows_OfAWriterOfLayout1ThatDiedBeforeItsCommit_AreRemoved()
    {
        var committed = _store[SecondBad];
        _store[SecondBad] = [.. committed, .. committed];

        await LandAsync((await RecoverAsync(_store, 12)).Log, 12, 13, ["d"]);

        _store[SecondBad].ShouldBe(committed);
    }

    [Fact]
    public async Task TornMember_OfLayout1_IsNoBatch()
    {
        const string Enriched = "enriched/2026-11-22/02/s1-003-00000000000000000010.tsv.gz";
        var whole = _store[Enriched];
        for (var length = 0; length < whole.Length; length++)
        {
            _store[Enriched] = whole[..length];
            (await RecoverAsync(_store)).Batches.Count.ShouldBe(3, $"{length} bytes");
        }
    }
}
