using Snowplow.Storage.Blobs;

namespace Snowplow.Storage.Tests.Blobs;

/// <summary>What every implementation of <see cref="IBlobStore"/> does.</summary>
public abstract class BlobStoreContract
{
    private static readonly CancellationToken None = CancellationToken.None;

    protected abstract IBlobStore Store { get; }

    [Fact]
    public async Task Blob_WhenAbsent_HasNoLengthAndNoBytes()
    {
        (await Store.GetLengthAsync("a/b", None)).ShouldBeNull();
        (await Store.ReadAsync("a/b", 0, new byte[4], None)).ShouldBe(0);
        (await ListAsync("")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Append_AtExpectedLength_AddsBytesAtTheEnd()
    {
        (await Store.TryAppendAsync("a/b.gz", 0, "one"u8.ToArray(), None)).ShouldBeTrue();
        (await Store.TryAppendAsync("a/b.gz", 3, "two"u8.ToArray(), None)).ShouldBeTrue();

        (await Store.GetLengthAsync("a/b.gz", None)).ShouldBe(6);
        (await ReadAllAsync("a/b.gz")).ShouldBe("onetwo"u8.ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Append_AtAnotherLength_ChangesNothing(long expectedLength)
    {
        await Store.TryAppendAsync("a", 0, "one"u8.ToArray(), None);

        (await Store.TryAppendAsync("a", expectedLength, "two"u8.ToArray(), None)).ShouldBeFalse();

        (await ReadAllAsync("a")).ShouldBe("one"u8.ToArray());
    }

    [Fact]
    public async Task Append_ToAbsentBlobAtPositiveLength_CreatesNothing()
    {
        (await Store.TryAppendAsync("a/b", 1, "one"u8.ToArray(), None)).ShouldBeFalse();
        (await Store.GetLengthAsync("a/b", None)).ShouldBeNull();
    }

    [Fact]
    public async Task Append_WhenManyRaceAtOneLength_OneWins()
    {
        for (var round = 0; round < 20; round++)
        {
            var name = $"race/{round}";
            var appends = Enumerable.Range(0, 8)
                .Select(i => Task.Run(async () => await Store.TryAppendAsync(name, 0, new[] { (byte)i }, None)));
            var won = await Task.WhenAll(appends);

            won.Count(w => w).ShouldBe(1);
            (await ReadAllAsync(name)).ShouldBe([(byte)Array.IndexOf(won, true)]);
        }
    }

    [Fact]
    public async Task Read_AtOffset_GivesWhatIsThere()
    {
        await Store.TryAppendAsync("a", 0, "0123456789"u8.ToArray(), None);
        var buffer = new byte[4];

        (await Store.ReadAsync("a", 3, buffer, None)).ShouldBe(4);
        buffer.ShouldBe("3456"u8.ToArray());
        (await Store.ReadAsync("a", 8, buffer, None)).ShouldBe(2);
        (await Store.ReadAsync("a", 10, buffer, None)).ShouldBe(0);
        (await Store.ReadAsync("a", 11, buffer, None)).ShouldBe(0);
    }

    [Fact]
    public async Task List_ByPrefix_GivesOrdinalOrderAcrossFolders()
    {
        // '-' and '.' sort before '/', digits and letters behind it.
        string[] names = ["a-b", "a.b", "a/a", "a/b/c", "a/b-c", "a0", "aB", "ab/x", "b"];
        foreach (var name in names) await Store.TryAppendAsync(name, 0, new byte[name.Length], None);

        (await ListAsync("")).Select(e => e.Name).ShouldBe(names.Order(StringComparer.Ordinal));
        (await ListAsync("a/b")).ShouldBe([new BlobEntry("a/b-c", 5), new BlobEntry("a/b/c", 5)]);
        (await ListAsync("a/")).Count.ShouldBe(3);
        (await ListAsync("ab")).ShouldBe([new BlobEntry("ab/x", 4)]);
        (await ListAsync("c/d/")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Truncate_WhenTailIsAsRead_CutsIfTheStoreCan()
    {
        await Store.TryAppendAsync("a", 0, "onetwo"u8.ToArray(), None);

        (await Store.TryTruncateAsync("a", 3, "two"u8.ToArray(), None)).ShouldBe(Store.CanTruncate);

        (await ReadAllAsync("a")).ShouldBe(Store.CanTruncate ? "one"u8.ToArray() : "onetwo"u8.ToArray());
        (await Store.TryAppendAsync("a", 3, "2"u8.ToArray(), None)).ShouldBe(Store.CanTruncate);
    }

    [Theory]
    [InlineData("onetwx")]
    [InlineData("onetw")]
    [InlineData("onetwo.")]
    [InlineData("on")]
    public async Task Truncate_WhenTailIsAnother_ChangesNothing(string content)
    {
        var bytes = content.Select(c => (byte)c).ToArray();
        await Store.TryAppendAsync("a", 0, bytes, None);

        (await Store.TryTruncateAsync("a", 3, "two"u8.ToArray(), None)).ShouldBeFalse();

        (await ReadAllAsync("a")).ShouldBe(bytes);
    }

    [Fact]
    public async Task Truncate_WhenBlobIsAbsent_IsRefused() =>
        (await Store.TryTruncateAsync("a", 0, "x"u8.ToArray(), None)).ShouldBeFalse();

    [Theory]
    [InlineData("one", "another")]
    [InlineData("one", "")]
    [InlineData("", "one")]
    public async Task Replace_OfWhatWasRead_PutsTheOtherInItsPlaceAndAppendsGoOn(string before, string after)
    {
        if (before.Length > 0)
        {
            await Store.TryAppendAsync("a/b", 0, Bytes(before[..1]), None);
            await Store.TryAppendAsync("a/b", 1, Bytes(before[1..]), None);
        }

        (await Store.TryReplaceAsync("a/b", Bytes(before), Bytes(after), None)).ShouldBeTrue();

        (await ReadAllAsync("a/b")).ShouldBe(Bytes(after));
        (await ListAsync("a/")).ShouldBe([new BlobEntry("a/b", after.Length)]);
        (await Store.TryAppendAsync("a/b", before.Length + 100, Bytes("x"), None)).ShouldBeFalse();
        (await Store.TryAppendAsync("a/b", after.Length, Bytes("x"), None)).ShouldBeTrue();
        (await ReadAllAsync("a/b")).ShouldBe(Bytes(after + "x"));
    }

    [Theory]
    [InlineData("", "two")]
    [InlineData("one", "")]
    [InlineData("one", "two")]
    [InlineData("one", "on")]
    [InlineData("one", "one.")]
    public async Task Replace_OfAnotherContent_ChangesNothing(string content, string expected)
    {
        if (content.Length > 0) await Store.TryAppendAsync("a", 0, Bytes(content), None);

        (await Store.TryReplaceAsync("a", Bytes(expected), Bytes("new"), None)).ShouldBeFalse();

        (await ReadAllAsync("a")).ShouldBe(Bytes(content));
    }

    [Fact]
    public async Task Replace_WhenManyRaceForOneContent_OneWins()
    {
        for (var round = 0; round < 10; round++)
        {
            var name = $"race/{round}";
            if (round % 2 == 1) await Store.TryAppendAsync(name, 0, Bytes("old"), None);
            var before = round % 2 == 1 ? Bytes("old") : [];
            var won = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () => await Store.TryReplaceAsync(name, before, new[] { (byte)i }, None))));

            won.Count(w => w).ShouldBe(1);
            (await ReadAllAsync(name)).ShouldBe([(byte)Array.IndexOf(won, true)]);
        }
    }

    [Fact]
    public async Task Delete_Twice_IsNoError()
    {
        await Store.TryAppendAsync("a/b", 0, "one"u8.ToArray(), None);

        await Store.DeleteAsync("a/b", None);
        await Store.DeleteAsync("a/b", None);
        await Store.DeleteAsync("c/d", None);

        (await Store.GetLengthAsync("a/b", None)).ShouldBeNull();
        (await ListAsync("")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData("..")]
    [InlineData("a/../b")]
    [InlineData("./a")]
    [InlineData("a\\b")]
    [InlineData("C:/a")]
    [InlineData("a b")]
    [InlineData("ä")]
    [InlineData("a\0")]
    public async Task Name_WhenItCouldLeaveTheStore_IsRefused(string name)
    {
        await Should.ThrowAsync<ArgumentException>(async () => await Store.TryAppendAsync(name, 0, "x"u8.ToArray(), None));
        await Should.ThrowAsync<ArgumentException>(async () => await Store.ReadAsync(name, 0, new byte[1], None));
        await Should.ThrowAsync<ArgumentException>(async () => await Store.GetLengthAsync(name, None));
        await Should.ThrowAsync<ArgumentException>(async () => await Store.DeleteAsync(name, None));
        await Should.ThrowAsync<ArgumentException>(async () => await Store.TryReplaceAsync(name, default, "x"u8.ToArray(), None));
        await Should.ThrowAsync<ArgumentException>(async () => await Store.TryTruncateAsync(name, 0, "x"u8.ToArray(), None));
    }

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    private async Task<byte[]> ReadAllAsync(string name)
    {
        var bytes = new byte[await Store.GetLengthAsync(name, None) ?? 0];
        (await Store.ReadAsync(name, 0, bytes, None)).ShouldBe(bytes.Length);
        return bytes;
    }

    private async Task<List<BlobEntry>> ListAsync(string prefix)
    {
        var entries = new List<BlobEntry>();
        await foreach (var entry in Store.ListAsync(prefix, None)) entries.Add(entry);
        return entries;
    }
}
