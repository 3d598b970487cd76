using System.IO.Hashing;
using Snowplow.Storage.Landing;
using Snowplow.Storage.Tests.Blobs;
using static Snowplow.Storage.Tests.Landing.LandingFixture;

namespace Snowplow.Storage.Tests.Landing;

/// <summary>What crashes, failures and damage leave behind, and what the next log makes of it.</summary>
public sealed class LandedLogRecoveryTests
{
    private const string Enriched = "enriched/2026-11-22/01/s1-003-00000000000000000000.tsv.gz";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TornLastMember_OfAnyLength_IsNoBatchAndIsReplaced(bool canTruncate)
    {
        var (whole, ends) = await LandThreeAsync();
        for (var length = ends[1] + 1; length < ends[2]; length++)
        {
            var store = new MemoryBlobStore(canTruncate) { [Enriched] = whole[..length] };
            var (log, batches) = await RecoverAsync(store);
            batches.SelectMany(Labels).ShouldBe(["a", "b"], $"{length} bytes");
            (await ReadAllAsync(store)).Count.ShouldBe(2);
            store[Enriched].ShouldBe(whole[..length], "reading changes nothing");

            await LandAsync(log, 2, 5, ["d"]);
            await LandAsync(log, 5, 6, ["e"]);

            (await ReadAllAsync(store)).SelectMany(Labels).ShouldBe(["a", "b", "d", "e"], $"{length} bytes");
            (await RecoverAsync(store, 5)).Batches.SelectMany(Labels).ShouldBe(["e"]);
            store.Names.Count.ShouldBe(canTruncate ? 1 : 2);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TornFirstMember_OverAndOver_IsReplaced(bool canTruncate)
    {
        var store = new MemoryBlobStore(canTruncate);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            store.Fate = (_, data) => new AppendFate(data.Length - 5);
            var (failing, none) = await RecoverAsync(store);
            none.ShouldBeEmpty();
            await Should.ThrowAsync<IOException>(async () => await LandAsync(failing, 0, 1, ["lost"]));
        }

        store.Fate = (_, _) => AppendFate.Succeeds;
        var (log, _) = await RecoverAsync(store);
        await LandAsync(log, 0, 1, ["a"]);

        (await RecoverAsync(store)).Batches.SelectMany(Labels).ShouldBe(["a"]);
        store.Names.Count.ShouldBe(canTruncate ? 1 : 4);
    }

    [Fact]
    public async Task TornMember_OfFullLengthWithoutItsData_IsNoBatch()
    {
        // A crash of the machine can leave a file's length without its bytes.
        var (whole, ends) = await LandThreeAsync();
        for (var kept = 0; kept < ends[2] - ends[1] - 4; kept++)
        {
            var torn = (byte[])whole.Clone();
            torn.AsSpan(ends[1] + kept).Clear();
            var store = new MemoryBlobStore(canTruncate: true) { [Enriched] = torn };
            (await RecoverAsync(store)).Batches.Count.ShouldBe(2);
            (await RecoverAsync(store, 2)).Batches.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task FlippedBit_BeforeTheLastMember_IsReportedAndNeverCut()
    {
        var (whole, ends) = await LandThreeAsync();
        int[] starts = [0, MemberHeader.TryRead(whole)!.MemberLength, ends[0]];
        for (var at = 0; at < ends[1]; at++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[at] ^= 0x10;
            var store = new MemoryBlobStore(canTruncate: true) { [Enriched] = damaged };

            try
            {
                (await RecoverAsync(store)).Batches.SelectMany(Labels).ShouldBe(["a", "b", "c"], "flips in padding change nothing");
            }
            catch (LandingCorruptException e)
            {
                e.File.ShouldBe(Enriched);
                e.Offset.ShouldBe(starts.Last(start => start <= at));
            }

            store[Enriched].ShouldBe(damaged);
        }
    }

    [Fact]
    public async Task FlippedByte_InTheLastMember_MakesItAnUnfinishedTail()
    {
        var (whole, ends) = await LandThreeAsync();
        for (var at = ends[1]; at < ends[2]; at++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[at] ^= 0xff;
            var (_, batches) = await RecoverAsync(new MemoryBlobStore(canTruncate: true) { [Enriched] = damaged });
            batches.Count.ShouldBe(2, $"byte {at}");
        }
    }

    [Fact]
    public async Task MemberOfANewerLayout_IsReportedAndNeverCut()
    {
        var (whole, ends) = await LandThreeAsync();
        var newer = (byte[])whole.Clone();
        var header = newer.AsSpan(ends[1], MemberHeader.TryRead(newer.AsSpan(ends[1]))!.Length);
        header[16] = MemberHeader.CurrentVersion + 1;
        BitConverter.TryWriteBytes(header[^4..], Crc32.HashToUInt32(header[..^4])).ShouldBeTrue();

        var error = await Should.ThrowAsync<LandingCorruptException>(
            async () => await RecoverAsync(new MemoryBlobStore(canTruncate: true) { [Enriched] = newer }));
        error.Message.ShouldContain("newer version");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task LinesBeside_OfAWriterThatDiedBeforeItsCommit_AreRemoved(bool canTruncate)
    {
        var store = new MemoryBlobStore(canTruncate);
        var (first, _) = await RecoverAsync(store);
        await LandAsync(first, 0, 1, ["a"], ["x"], failed: ["x"]);

        // Twice in a row: within the file that holds committed rows, then in a file of their own.
        await DieBeforeCommitAsync(store, first, 1, 4, ["lost"]);
        await DieBeforeCommitAsync(store, (await RecoverAsync(store)).Log, 1, 3, ["lost again"]);
        (FilesOf(store, "bad"), FilesOf(store, "failed")).ShouldBe((2, 2));

        var (log, batches) = await RecoverAsync(store);
        batches.Count.ShouldBe(1);
        await LandAsync(log, 1, 2, ["b"], ["y"], failed: ["y"]);

        var all = await ReadAllAsync(store);
        (await BadRowsAsync(store, all[0])).ShouldBe(Text(Json("x")));
        (await BadRowsAsync(store, all[1])).ShouldBe(Text(Json("y")));
        (await FailedEventsAsync(store, all[0])).ShouldBe(Text(Tsv("x")));
        (await FailedEventsAsync(store, all[1])).ShouldBe(Text(Tsv("y")));
        all[1].Bad.File.ShouldBe("bad/2026-11-22/01/s1-003-00000000000000000001-3.jsonl.gz");
        all[1].Failed.File.ShouldBe("failed/2026-11-22/01/s1-003-00000000000000000001-3.tsv.gz");
        (FilesOf(store, "bad"), FilesOf(store, "failed")).ShouldBe((2, 2), "what holds no committed line is deleted");
        foreach (var lines in new[] { all[0].Bad, all[0].Failed })
            (store[lines.File!].Length == lines.CommittedLength).ShouldBe(canTruncate, "what holds some is cut where that is possible");
    }

    [Fact]
    public async Task FailedEvents_OfAnActivationWithThem_AreCleanedUpByOneWithout()
    {
        var store = new MemoryBlobStore(canTruncate: true);
        var (first, _) = await RecoverAsync(store);
        await LandAsync(first, 0, 1, ["a"], ["x"], failed: ["x"]);
        await DieBeforeCommitAsync(store, first, 1, 4, ["lost"]);

        var (without, _) = await RecoverAsync(store);
        await LandAsync(without, 1, 2, [], ["y"]);
        var (with, _) = await RecoverAsync(store);
        await LandAsync(with, 2, 3, [], ["z"], failed: ["z"]);

        var all = await ReadAllAsync(store);
        all[1].Failed.ShouldBe(all[0].Failed with { Count = 0, MemberLength = 0 }, "the committed length goes on from batch to batch");
        store[all[0].Failed.File!].Length.ShouldBe((int)all[0].Failed.CommittedLength);
        (await FailedEventsAsync(store, all[1])).ShouldBeEmpty();
        (await FailedEventsAsync(store, all[2])).ShouldBe(Text(Tsv("z")));
    }

    [Fact]
    public async Task Failure_BetweenBadRowsAndFailedEvents_LeavesNeither()
    {
        var store = new MemoryBlobStore(canTruncate: true);
        var (first, _) = await RecoverAsync(store);
        await LandAsync(first, 0, 1, ["a"], ["x"], failed: ["x"]);
        for (var written = 0; written < 40; written += 13)
        {
            store.Fate = (name, _) => name.StartsWith("failed", StringComparison.Ordinal) ? new AppendFate(written) : AppendFate.Succeeds;
            await Should.ThrowAsync<IOException>(async () => await LandAsync((await RecoverAsync(store)).Log, 1, 2, ["lost"], ["lost"], failed: ["lost"]));
        }

        store.Fate = (_, _) => AppendFate.Succeeds;
        await LandAsync((await RecoverAsync(store)).Log, 1, 2, ["b"]);

        var last = (await ReadAllAsync(store))[^1];
        (FilesOf(store, "bad"), FilesOf(store, "failed")).ShouldBe((1, 1));
        store[last.Bad.File!].Length.ShouldBe((int)last.Bad.CommittedLength);
        store[last.Failed.File!].Length.ShouldBe((int)last.Failed.CommittedLength);
    }

    [Fact]
    public async Task LinesBeside_OfAFrozenWriter_DoNotCountWhenItWakes()
    {
        var store = new MemoryBlobStore(canTruncate: true);
        var (frozen, _) = await RecoverAsync(store);
        await LandAsync(frozen, 0, 1, ["a"], ["x"], failed: ["x"]);
        var (log, _) = await RecoverAsync(store);
        await LandAsync(log, 1, 2, ["b"], ["y"], failed: ["y"]);

        await Should.ThrowAsync<LandingConflictException>(async () => await LandAsync(frozen, 1, 2, ["c"], ["z"], failed: ["z"]));
        await LandAsync(log, 2, 3, [], ["w"], failed: ["w"]);

        var (rows, failed) = (new List<string>(), new List<string>());
        foreach (var batch in await ReadAllAsync(store))
        {
            rows.Add(await BadRowsAsync(store, batch));
            failed.Add(await FailedEventsAsync(store, batch));
        }

        rows.ShouldBe([Text(Json("x")), Text(Json("y")), Text(Json("w"))]);
        failed.ShouldBe([Text(Tsv("x")), Text(Tsv("y")), Text(Tsv("w"))]);
    }

    [Theory]
    [InlineData("bad/")]
    [InlineData("failed/")]
    public async Task CommittedLinesBeside_WhenMissing_AreReported(string area)
    {
        var store = new MemoryBlobStore(canTruncate: true);
        var (first, _) = await RecoverAsync(store);
        await LandAsync(first, 0, 1, ["a"], ["x"], failed: ["x"]);
        var file = store.Names.Single(n => n.StartsWith(area, StringComparison.Ordinal));
        store[file] = store[file][..^1];

        var (log, batches) = await RecoverAsync(store);
        (await Should.ThrowAsync<LandingCorruptException>(async () => await LandAsync(log, 1, 2, ["b"]))).File.ShouldBe(file);
        (await Should.ThrowAsync<LandingCorruptException>(async () => await ReadBesideAsync(store, batches[0]))).File.ShouldBe(file);
    }

    [Fact]
    public async Task Commit_WhoseAnswerWasLost_IsAdopted()
    {
        var store = new MemoryBlobStore(canTruncate: true);
        var (failing, _) = await RecoverAsync(store);
        store.Fate = (name, data) => name.StartsWith("enriched", StringComparison.Ordinal) && MemberHeader.TryRead(data.Span)!.Kind == MemberKind.Batch
            ? new AppendFate(data.Length) : AppendFate.Succeeds;
        await Should.ThrowAsync<IOException>(async () => await LandAsync(failing, 0, 4, ["a"], ["x"]));
        await Should.ThrowAsync<InvalidOperationException>(async () => await LandAsync(failing, 0, 4, ["a"], ["x"]));
        store.Fate = (_, _) => AppendFate.Succeeds;

        var (log, batches) = await RecoverAsync(store);
        batches.ShouldHaveSingleItem().UpTo.ShouldBe(4);
        await LandAsync(log, 4, 5, ["b"]);

        (await BadRowsAsync(store, (await ReadAllAsync(store))[0])).ShouldBe(Text(Json("x")));
    }

    private static int FilesOf(MemoryBlobStore store, string area) => store.Names.Count(n => n.StartsWith($"{area}/", StringComparison.Ordinal));

    private static async Task<string> ReadBesideAsync(MemoryBlobStore store, LandedBatch batch) =>
        await BadRowsAsync(store, batch) + await FailedEventsAsync(store, batch);

    private static async Task DieBeforeCommitAsync(MemoryBlobStore store, LandedLog log, long x, long d, string[] beside)
    {
        store.Fate = (name, data) => name.StartsWith("enriched", StringComparison.Ordinal) && MemberHeader.TryRead(data.Span)!.Kind == MemberKind.Batch
            ? new AppendFate(0) : AppendFate.Succeeds;
        await Should.ThrowAsync<IOException>(async () => await LandAsync(log, x, d, ["lost"], beside, failed: beside));
        store.Fate = (_, _) => AppendFate.Succeeds;
    }

    // Three batches in one file behind the writer's turn, and where each of them ends.
    private static async Task<(byte[] File, int[] Ends)> LandThreeAsync()
    {
        var store = new MemoryBlobStore(canTruncate: true);
        var (log, _) = await RecoverAsync(store);
        var ends = new List<int>();
        foreach (var (label, x) in new[] { ("a", 0), ("b", 1), ("c", 2) })
        {
            await LandAsync(log, x, x + 1, [label]);
            ends.Add(store[Enriched].Length);
        }

        return (store[Enriched], [.. ends]);
    }
}
