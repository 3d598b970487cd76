using Snowplow.Storage.Landing;
using Snowplow.Storage.Tests.Blobs;
using static Snowplow.Storage.Tests.Landing.LandingFixture;

namespace Snowplow.Storage.Tests.Landing;

public sealed class LandedLogTests
{
    private const string FirstFailed = "failed/2026-11-22/01/s1-003-00000000000000000005-1.tsv.gz";

    private readonly MemoryBlobStore _store = new(canTruncate: true);

    [Fact]
    public async Task Read_WhenNothingHasLanded_IsNull()
    {
        var log = await OpenAsync(_store);

        (await log.ReadAsync(0, default)).ShouldBeNull();
        _store.Names.ShouldBeEmpty();
    }

    [Fact]
    public async Task Batch_OnceLanded_IsReadBackByTheNextLog()
    {
        var (log, _) = await RecoverAsync(_store);
        await LandAsync(log, 0, 5, ["a", "b"], ["x"], Hour.AddMinutes(59));
        await LandAsync(log, 5, 9, [], ["y", "z"], failed: ["f", "g"]);
        await LandAsync(log, 9, 10, []);

        var (_, batches) = await RecoverAsync(_store);

        batches.Select(b => (b.From, b.UpTo, b.GoodCount, b.Bad.Count)).ShouldBe([(0, 5, 2, 1), (5, 9, 0, 2), (9, 10, 0, 0)]);
        Labels(batches[0]).ShouldBe(["a", "b"]);
        batches[0].CollectorHour.ShouldBe(Hour);
        batches.Select(b => b.Bad.File).ShouldAllBe(f => f == "bad/2026-11-22/01/s1-003-00000000000000000000-1.jsonl.gz");
        (await BadRowsAsync(_store, batches[0])).ShouldBe(Text(Json("x")));
        (await BadRowsAsync(_store, batches[1])).ShouldBe(Text(Json("y", "z")));
        (await BadRowsAsync(_store, batches[2])).ShouldBeEmpty();
        batches[2].Bad.CommittedLength.ShouldBe(_store[batches[2].Bad.File!].Length);
        batches.Select(b => b.Failed.Count).ShouldBe([0, 2, 0]);
        batches.Select(b => b.Failed.File).ShouldBe([null, FirstFailed, FirstFailed]);
        (await FailedEventsAsync(_store, batches[0])).ShouldBeEmpty();
        (await FailedEventsAsync(_store, batches[1])).ShouldBe(Text(Tsv("f", "g")));
        (await FailedEventsAsync(_store, batches[2])).ShouldBeEmpty();
        batches[2].Failed.CommittedLength.ShouldBe(_store[FirstFailed].Length);
    }

    [Fact]
    public async Task Land_AtFirst_CreatesTheFileOfPositionAndHour()
    {
        var (log, _) = await RecoverAsync(_store, 7);
        await LandAsync(log, 7, 8, ["a"]);

        _store.Names.ShouldBe(["enriched/2026-11-22/01/s1-003-00000000000000000007.tsv.gz"]);
    }

    [Fact]
    public async Task Read_OfEarlierPosition_StartsAgainFromThere()
    {
        var (log, _) = await RecoverAsync(_store);
        for (var x = 0; x < 6; x++) await LandAsync(log, x, x + 1, [$"{x}"], hour: Hour.AddHours(x / 2));

        (await log.ReadAsync(3, default)).ShouldNotBeNull().From.ShouldBe(3);
        (await log.ReadAsync(1, default)).ShouldNotBeNull().From.ShouldBe(1);
        (await log.ReadAsync(5, default)).ShouldNotBeNull().From.ShouldBe(5);
        (await log.ReadAsync(6, default)).ShouldBeNull();
        await LandAsync(log, 6, 7, ["6"]);

        (await ReadAllAsync(_store)).SelectMany(Labels).ShouldBe(["0", "1", "2", "3", "4", "5", "6"]);
    }

    [Fact]
    public async Task Land_WithoutReadingToTheEnd_IsRefusedAndHarmless()
    {
        var (first, _) = await RecoverAsync(_store);
        await LandAsync(first, 0, 1, ["a"]);
        var log = await OpenAsync(_store);

        await Should.ThrowAsync<InvalidOperationException>(async () => await LandAsync(log, 0, 1, ["b"]));
        (await log.ReadAsync(0, default)).ShouldNotBeNull();
        await Should.ThrowAsync<InvalidOperationException>(async () => await LandAsync(log, 1, 2, ["b"]));
        (await log.ReadAsync(1, default)).ShouldBeNull();
        await LandAsync(log, 1, 2, ["b"]);

        (await ReadAllAsync(_store)).SelectMany(Labels).ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task Land_WhenAnotherHasLanded_IsAConflictAndTheEndOfTheLog()
    {
        var (old, _) = await RecoverAsync(_store);
        await LandAsync(old, 0, 1, ["a"]);
        var (young, _) = await RecoverAsync(_store);
        await LandAsync(young, 1, 2, ["b"]);

        await Should.ThrowAsync<LandingConflictException>(async () => await LandAsync(old, 1, 3, ["c"], ["x"]));
        await Should.ThrowAsync<InvalidOperationException>(async () => await LandAsync(old, 1, 3, ["c"]));
        await Should.ThrowAsync<InvalidOperationException>(async () => await old.ReadAsync(1, default));

        (await ReadAllAsync(_store)).SelectMany(Labels).ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task Land_AfterReadingWhatASuccessorLanded_IsAConflict()
    {
        var (old, _) = await RecoverAsync(_store);
        await LandAsync(old, 0, 1, ["a"]);
        var (young, _) = await RecoverAsync(_store);
        await LandAsync(young, 1, 2, ["b"]);

        (await old.ReadAsync(0, default)).ShouldNotBeNull();
        (await old.ReadAsync(1, default)).ShouldNotBeNull();
        (await old.ReadAsync(2, default)).ShouldBeNull();

        await Should.ThrowAsync<LandingConflictException>(async () => await LandAsync(old, 2, 3, ["c"]));
        await LandAsync(young, 2, 3, ["d"]);
    }

    [Fact]
    public async Task Read_BehindWhatLandedHere_AsksNobodyAndTheNextLandingFindsASuccessor()
    {
        var (old, _) = await RecoverAsync(_store);
        await LandAsync(old, 0, 1, ["a"]);
        var (young, _) = await RecoverAsync(_store);
        await LandAsync(young, 1, 2, ["b"]);

        (await old.ReadAsync(1, default)).ShouldBeNull();

        await Should.ThrowAsync<LandingConflictException>(async () => await LandAsync(old, 1, 2, ["c"]));
        (await ReadAllAsync(_store)).SelectMany(Labels).ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task Land_WithOtherRollSizes_NeverForksTheLog()
    {
        var (old, _) = await RecoverAsync(_store);
        await LandAsync(old, 0, 1, ["a"]);
        var (young, _) = await RecoverAsync(_store, options: Options with { RollBytes = 1 });

        await LandAsync(young, 1, 2, ["b"]);
        await Should.ThrowAsync<LandingConflictException>(async () => await LandAsync(old, 1, 2, ["c"]));

        _store.Names.Count.ShouldBe(2);
        (await ReadAllAsync(_store)).SelectMany(Labels).ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task Files_RollByHourAndSize_AndReadAsOneLog()
    {
        var small = Options with { RollBytes = 2000 };
        var (log, _) = await RecoverAsync(_store, options: small);
        for (var x = 0; x < 60; x++) await LandAsync(log, x, x + 1, [$"{x}"], x % 3 == 0 ? [$"{x}"] : [], Hour.AddHours(x / 20), x % 6 == 0 ? [$"{x}"] : []);

        _store.Names.Count(n => n.StartsWith("enriched/", StringComparison.Ordinal)).ShouldBeGreaterThanOrEqualTo(6);
        _store.Names.Select(n => n.Split('/')[2]).Distinct().ShouldBe(["01", "02", "03"], ignoreOrder: true);
        foreach (var from in new[] { 0, 1, 19, 20, 21, 59, 60 })
            (await RecoverAsync(_store, from)).Batches.SelectMany(Labels).ShouldBe(Enumerable.Range(from, 60 - from).Select(x => $"{x}"));
        foreach (var batch in await ReadAllAsync(_store))
        {
            (await BadRowsAsync(_store, batch)).ShouldBe(batch.From % 3 == 0 ? Text(Json($"{batch.From}")) : "");
            (await FailedEventsAsync(_store, batch)).ShouldBe(batch.From % 6 == 0 ? Text(Tsv($"{batch.From}")) : "");
        }
    }

    [Fact]
    public async Task Hour_WhenItGoesBack_KeepsTheFile()
    {
        var (log, _) = await RecoverAsync(_store);
        for (var x = 0; x < 10; x++) await LandAsync(log, x, x + 1, [$"{x}"], hour: Hour.AddHours(x % 2));

        _store.Names.Count.ShouldBe(2);
        (await RecoverAsync(_store)).Batches.Select(b => b.CollectorHour.Hour).ShouldBe([1, 2, 1, 2, 1, 2, 1, 2, 1, 2]);
    }

    [Fact]
    public async Task Open_FromAPosition_NeedsNoFilesBeforeIt()
    {
        var (log, _) = await RecoverAsync(_store, options: Options with { RollBytes = 1 });
        for (var x = 0; x < 5; x++) await LandAsync(log, x, x + 1, [$"{x}"]);
        var files = _store.Names.ToArray();

        // Any of the finished files may have been moved away, not only the oldest.
        foreach (var moved in new[] { files[..3], files[2..3], files[..2], files[1..3] })
        {
            var store = new MemoryBlobStore(canTruncate: true);
            foreach (var file in files.Except(moved)) store[file] = _store[file];
            var (rest, batches) = await RecoverAsync(store, 3);
            batches.SelectMany(Labels).ShouldBe(["3", "4"]);
            await LandAsync(rest, 5, 6, ["5"]);
        }
    }

    [Fact]
    public async Task Open_WhenAllFilesWereMovedAway_GoesOnAtThePosition()
    {
        var (log, _) = await RecoverAsync(new MemoryBlobStore(canTruncate: true), 40);
        await LandAsync(log, 40, 41, ["a"]);
    }

    [Fact]
    public async Task Open_WhereLandedDataIsMissing_SaysWhere()
    {
        var (log, _) = await RecoverAsync(_store, options: Options with { RollBytes = 1 });
        for (var x = 0; x < 5; x++) await LandAsync(log, x, x + 1, [$"{x}"]);
        await _store.DeleteAsync(_store.Names.ElementAt(2), default);

        await Should.ThrowAsync<LandingCorruptException>(async () => await RecoverAsync(_store, 0));
        await Should.ThrowAsync<LandingCorruptException>(async () => await RecoverAsync(_store, 2));
        (await Should.ThrowAsync<LandingCorruptException>(async () => await RecoverAsync(_store, 6))).Message.ShouldContain("position 6 is finished");
    }

    [Fact]
    public async Task Open_WithinABatch_IsRefused()
    {
        var (log, _) = await RecoverAsync(_store);
        await LandAsync(log, 0, 10, ["a"]);

        (await Should.ThrowAsync<LandingCorruptException>(async () => await OpenAsync(_store, 5))).Message.ShouldContain("[0, 10)");
    }

    [Fact]
    public async Task Log_OpenedByAFileOfBeforeItsPosition_ListsNothing()
    {
        var store = new MemoryBlobStore(canTruncate: false);
        var files = await LandHoursAsync(store);
        var listed = 0;
        store.OnList = _ => listed++;

        for (var from = 5; from <= 30; from += 5)
        {
            var log = await LandedLog.OpenAsync(store, Partition, from, Options, default, files[(from - 1) / 10]);
            var labels = new List<string>();
            for (var x = (long)from; await log.ReadAsync(x, default) is { } batch; x = batch.UpTo) labels.AddRange(Labels(batch));
            labels.ShouldBe(Enumerable.Range(from / 5, 6 - (from / 5)).Select(i => $"{i}"));
        }

        listed.ShouldBe(0);
        var goesOn = await LandedLog.OpenAsync(store, Partition, 30, Options, default, files[2]);
        (await goesOn.ReadAsync(30, default)).ShouldBeNull();
        await LandAsync(goesOn, 30, 35, ["6"], hour: Hour.AddHours(3));
        (await ReadAllAsync(store)).SelectMany(Labels).ShouldBe(["0", "1", "2", "3", "4", "5", "6"]);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(10)]
    public async Task Log_OpenedByAFileOfBefore_NoticesThatALaterOneIsGone(int from)
    {
        var store = new MemoryBlobStore(canTruncate: false);
        var files = await LandHoursAsync(store);
        await store.DeleteAsync(files[1], default);

        var log = await LandedLog.OpenAsync(store, Partition, from, Options, default, files[0]);

        await Should.ThrowAsync<LandingCorruptException>(async () =>
        {
            for (var x = (long)from; await log.ReadAsync(x, default) is { } batch; x = batch.UpTo) Labels(batch);
        });
    }

    [Theory]
    [InlineData(null)]
    [InlineData("nonsense")]
    [InlineData("enriched/2026-11-21/01/s1-003-00000000000000000000.tsv.gz")]
    [InlineData("enriched/2026-11-22/01/s1-003-00000000000000000010.tsv.gz")]
    public async Task Log_OpenedByNoFileOfBefore_ListsThemAll(string? near)
    {
        var store = new MemoryBlobStore(canTruncate: false);
        await LandHoursAsync(store);

        var log = await LandedLog.OpenAsync(store, Partition, 10, Options, default, near);

        Labels((await log.ReadAsync(10, default))!).ShouldBe(["2"]);
    }

    // Six batches of five positions, two an hour.
    private static async Task<List<string>> LandHoursAsync(MemoryBlobStore store)
    {
        var (log, _) = await RecoverAsync(store);
        var files = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            await LandAsync(log, i * 5, (i + 1) * 5, [$"{i}"], hour: Hour.AddHours(i / 2));
            if (i % 2 == 0) files.Add(log.File!);
        }

        files.Distinct().Count().ShouldBe(3);
        return files;
    }

    [Fact]
    public async Task Partitions_OfOneFolder_AreSeparateLogs()
    {
        foreach (var partition in new[] { new PartitionName("s1", 1), new PartitionName("s1", 10), new PartitionName("s2", 1) })
        {
            var log = await LandedLog.OpenAsync(_store, partition, 0, Options, default);
            (await log.ReadAsync(0, default)).ShouldBeNull();
            await LandAsync(log, 0, 1, [$"{partition}"]);
        }

        (await ReadAllAsync(_store)).Select(b => (b.Partition.ToString(), Labels(b)[0]))
            .ShouldBe([("s1-001", "s1-001"), ("s1-010", "s1-010"), ("s2-001", "s2-001")]);
    }

    [Fact]
    public async Task Batch_WhoseCountsContradictItsLines_IsRefused()
    {
        var (log, _) = await RecoverAsync(_store);
        var two = new BatchLines(Tsv("a", "b"), 2);
        foreach (var wrong in new[] { two with { Count = 0 }, new BatchLines(default, 1) })
        {
            await Should.ThrowAsync<ArgumentException>(async () => await log.LandAsync(0, 1, Hour, wrong, BatchLines.None, BatchLines.None, default));
            await Should.ThrowAsync<ArgumentException>(async () => await log.LandAsync(0, 1, Hour, two, wrong, BatchLines.None, default));
            await Should.ThrowAsync<ArgumentException>(async () => await log.LandAsync(0, 1, Hour, two, BatchLines.None, wrong, default));
        }
    }
}
