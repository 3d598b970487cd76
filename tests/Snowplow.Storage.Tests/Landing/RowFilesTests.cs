using System.Text;
using Snowplow.Storage.Blobs;
using Snowplow.Storage.Landing;
using Snowplow.Storage.Tests.Blobs;
using static Snowplow.Storage.Tests.Landing.LandingFixture;

namespace Snowplow.Storage.Tests.Landing;

public sealed class RowFilesTests
{
    [Fact]
    public async Task Append_InOneHour_GoesToOneFile()
    {
        var store = new MemoryBlobStore(canTruncate: true);
        var rows = new RowFiles(store, Partition, Options);
        await AppendAsync(rows, 0, 10, "a");
        await AppendAsync(rows, 10, 20, "b");
        await rows.AppendAsync(LandingPath.Users, 0, 10, Hour, Json("u"), default);

        store.Names.ShouldBe(["sessions/2026-11-22/01/s1-003-00000000000000000000.jsonl.gz", "users/2026-11-22/01/s1-003-00000000000000000000.jsonl.gz"]);
        (await ReadAsync(store)).ShouldBe([(0, 10, Text(Json("a"))), (10, 20, Text(Json("b")))]);
    }

    [Fact]
    public async Task Append_OfACheckpointThatIsThere_AddsNothing()
    {
        var store = new MemoryBlobStore(canTruncate: true);
        var rows = new RowFiles(store, Partition, Options);
        await AppendAsync(rows, 0, 10, "a");
        await AppendAsync(rows, 10, 20, "b");
        await AppendAsync(rows, 10, 20, "again");
        await AppendAsync(new RowFiles(store, Partition, Options), 10, 20, "after a restart");

        (await ReadAsync(store)).Select(r => r.Text).ShouldBe([Text(Json("a")), Text(Json("b"))]);
    }

    [Fact]
    public async Task Append_OfNoRows_WritesNothing()
    {
        var store = new MemoryBlobStore(canTruncate: true);
        await new RowFiles(store, Partition, Options).AppendAsync(LandingPath.Users, 0, 10, Hour, default, default);
        store.Names.ShouldBeEmpty();
    }

    [Fact]
    public async Task Append_RollsByHourAndSize()
    {
        var store = new MemoryBlobStore(canTruncate: true);
        var rows = new RowFiles(store, Partition, Options with { RollBytes = 1 });
        await AppendAsync(rows, 0, 10, "a");
        await AppendAsync(rows, 10, 20, "b");
        await AppendAsync(rows, 20, 30, "c", Hour.AddHours(1));
        await AppendAsync(new RowFiles(store, Partition, Options), 30, 40, "d", Hour.AddHours(1));

        store.Names.ShouldBe([
            "sessions/2026-11-22/01/s1-003-00000000000000000000.jsonl.gz",
            "sessions/2026-11-22/01/s1-003-00000000000000000010.jsonl.gz",
            "sessions/2026-11-22/02/s1-003-00000000000000000020.jsonl.gz"]);
        (await ReadAsync(store)).Select(r => r.From).ShouldBe([0, 10, 20, 30]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Append_AfterATornMember_ReplacesIt(bool canTruncate)
    {
        // Length of the second member, from a run without failure.
        var whole = new MemoryBlobStore(canTruncate);
        await AppendTwoAsync(new RowFiles(whole, Partition, Options));
        var name = whole.Names.Single();
        var first = GzipLength(whole[name]);

        for (var torn = 1; torn < whole[name].Length - first; torn++)
        {
            var store = new MemoryBlobStore(canTruncate);
            var rows = new RowFiles(store, Partition, Options);
            await AppendAsync(rows, 0, 10, "a");
            store[name] = whole[name][..(first + torn)];

            await Should.ThrowAsync<LandingConflictException>(async () => await AppendAsync(rows, 10, 20, "b"));
            await AppendAsync(rows, 10, 20, "b");

            (await ReadAsync(store)).Select(r => r.Text).ShouldBe([Text(Json("a")), Text(Json("b"))], $"{torn} bytes");
            store.Names.Count.ShouldBe(canTruncate ? 1 : 2);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Append_WhenTheFirstMemberIsTorn_GoesOnInItsPlace(bool canTruncate)
    {
        var store = new MemoryBlobStore(canTruncate) { Fate = (_, _) => new AppendFate(20) };
        var rows = new RowFiles(store, Partition, Options);
        await Should.ThrowAsync<IOException>(async () => await AppendAsync(rows, 0, 10, "a"));
        await Should.ThrowAsync<IOException>(async () => await AppendAsync(rows, 0, 10, "a"));
        store.Fate = (_, _) => AppendFate.Succeeds;

        await AppendAsync(rows, 0, 10, "a");

        (await ReadAsync(store)).ShouldBe([(0, 10, Text(Json("a")))]);
        store.Names.Count.ShouldBe(canTruncate ? 1 : 3);
    }

    [Fact]
    public async Task Append_WhoseAnswerWasLost_IsFoundByTheNext()
    {
        var store = new MemoryBlobStore(canTruncate: true) { Fate = (_, data) => new AppendFate(data.Length) };
        var rows = new RowFiles(store, Partition, Options);
        await Should.ThrowAsync<IOException>(async () => await AppendAsync(rows, 0, 10, "a"));
        store.Fate = (_, _) => AppendFate.Succeeds;

        await AppendAsync(rows, 0, 10, "a");

        (await ReadAsync(store)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Append_ByAnActivationThatWasOvertaken_IsAConflict()
    {
        var store = new MemoryBlobStore(canTruncate: true);
        var old = new RowFiles(store, Partition, Options);
        await AppendAsync(old, 0, 10, "a");
        var young = new RowFiles(store, Partition, Options);
        await AppendAsync(young, 10, 20, "b");
        await AppendAsync(young, 20, 30, "c");

        await Should.ThrowAsync<LandingConflictException>(async () => await AppendAsync(old, 10, 20, "b"));
        await Should.ThrowAsync<LandingConflictException>(async () => await AppendAsync(old, 10, 20, "b"));

        (await ReadAsync(store)).Select(r => r.From).ShouldBe([0, 10, 20]);
    }

    [Fact]
    public async Task Append_BetweenTwoHours_OpensNoNewFiles()
    {
        var store = new MemoryBlobStore(canTruncate: true);
        var rows = new RowFiles(store, Partition, Options);
        for (var c = 0; c < 20; c++) await AppendAsync(rows, c, c + 1, $"{c}", Hour.AddHours(c % 2));

        store.Names.Count.ShouldBe(2);
        (await ReadAsync(store)).Select(r => r.From).Order().ShouldBe(Enumerable.Range(0, 20).Select(c => (long)c));
    }

    private static async Task AppendTwoAsync(RowFiles rows)
    {
        await AppendAsync(rows, 0, 10, "a");
        await AppendAsync(rows, 10, 20, "b");
    }

    private static ValueTask AppendAsync(RowFiles rows, long c, long e, string label, DateTimeOffset? hour = null) =>
        rows.AppendAsync(LandingPath.Sessions, c, e, hour ?? Hour, Json(label), CancellationToken.None);

    private static int GzipLength(byte[] file) => MemberHeader.TryRead(file)!.MemberLength;

    private static async Task<List<(long From, long UpTo, string Text)>> ReadAsync(IBlobStore store)
    {
        var rows = new List<(long, long, string)>();
        await foreach (var batch in RowFiles.ReadRowsAsync(store, LandingPath.Sessions, CancellationToken.None))
            rows.Add((batch.From, batch.UpTo, Encoding.UTF8.GetString(batch.Lines.Span)));
        return rows;
    }
}
