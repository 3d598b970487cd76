using Snowplow.Storage.Blobs;

namespace Snowplow.Storage.Tests.Blobs;

public sealed class FolderBlobStoreTests : BlobStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FolderBlobStore _store;

    public FolderBlobStoreTests() => _store = new FolderBlobStore(Path.Join(_folder.Path, "new", "root"));

    protected override IBlobStore Store => _store;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Blob_IsTheFileOfItsName()
    {
        await _store.TryAppendAsync("enriched/2026-11-22/01/x.tsv.gz", 0, "one"u8.ToArray(), default);

        File.ReadAllText(Path.Join(_folder.Path, "new/root/enriched/2026-11-22/01/x.tsv.gz")).ShouldBe("one");
    }

    [Fact]
    public async Task List_WithEmptyFoldersAndForeignFiles_GivesBlobsOnly()
    {
        await _store.TryAppendAsync("a/b", 0, "one"u8.ToArray(), default);
        Directory.CreateDirectory(Path.Join(_folder.Path, "new/root/empty"));
        File.WriteAllText(Path.Join(_folder.Path, "new/root/a/b~ copy"), "");

        var names = new List<string>();
        await foreach (var entry in _store.ListAsync("", default)) names.Add(entry.Name);

        names.ShouldBe(["a/b"]);
    }

    [Fact]
    public async Task Append_WhenFileWasMovedAway_StartsFromNothing()
    {
        await _store.TryAppendAsync("a", 0, "one"u8.ToArray(), default);
        var path = Path.Join(_folder.Path, "new/root/a");
        File.Move(path, path + ".moved");

        (await _store.TryAppendAsync("a", 3, "two"u8.ToArray(), default)).ShouldBeFalse();
        File.ReadAllText(path + ".moved").ShouldBe("one");
    }

    [Fact]
    public async Task Append_WhereAFolderHasTheName_IsAnIOException()
    {
        await _store.TryAppendAsync("a/b", 0, "one"u8.ToArray(), default);

        await Should.ThrowAsync<IOException>(async () => await _store.TryAppendAsync("a", 0, "two"u8.ToArray(), default));
        await Should.ThrowAsync<IOException>(async () => await _store.TryAppendAsync("a/b/c", 0, "two"u8.ToArray(), default));
    }

    [Fact]
    public async Task Append_WhenDiskIsFull_FailsAndLeavesTheFileAsItWas()
    {
        // Linux has a device that is always full.
        if (!File.Exists("/dev/full")) return;
        File.CreateSymbolicLink(Path.Join(_folder.Path, "new/root/full"), "/dev/full");

        await Should.ThrowAsync<IOException>(async () => await _store.TryAppendAsync("full", 0, new byte[100_000], default));

        (await _store.GetLengthAsync("full", default)).ShouldBe(0);
    }
}
