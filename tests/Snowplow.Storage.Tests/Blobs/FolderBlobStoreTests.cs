using Snowplow.Storage.Blobs;

namespace Snowplow.Storage.Tests.Blobs;

public sealed class FolderBlobStoreTests : BlobStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FolderBlobStore _store;

    public FolderBlobStoreTests() => _store = new FolderBlobStore(Path.Join(_folder.Path, "new", "blobs"));

    protected override IBlobStore Store => _store;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Blob_IsTheFileOfItsName()
    {
        await _store.TryAppendAsync("enriched/2026-11-22/01/x.tsv.gz", 0, "one"u8.ToArray(), default);

        File.ReadAllText(Path.Join(_folder.Path, "new/blobs/enriched/2026-11-22/01/x.tsv.gz")).ShouldBe("one");
    }

    [Fact]
    public async Task List_WithEmptyFoldersAndForeignFiles_GivesBlobsOnly()
    {
        await _store.TryAppendAsync("a/b", 0, "one"u8.ToArray(), default);
        Directory.CreateDirectory(Path.Join(_folder.Path, "new/blobs/empty"));
        File.WriteAllText(Path.Join(_folder.Path, "new/blobs/a/b~ copy"), "");

        var names = new List<string>();
        await foreach (var entry in _store.ListAsync("", default)) names.Add(entry.Name);

        names.ShouldBe(["a/b"]);
    }

    [Fact]
    public async Task Append_WhenFileWasMovedAway_StartsFromNothing()
    {
        await _store.TryAppendAsync("a", 0, "one"u8.ToArray(), default);
        var path = Path.Join(_folder.Path, "new/blobs/a");
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

    [SmallDiskFact]
    public async Task Append_WhenDiskIsFull_FailsAndLeavesTheFileAsItWasUntilSpaceReturns()
    {
        using var disk = new SmallDisk(1 << 20);
        var store = new FolderBlobStore(disk.Path);
        var ballast = Path.Join(disk.Path, "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[512 << 10]);
        (await store.TryAppendAsync("a/b", 0, new byte[1000], default)).ShouldBeTrue();

        // Half of it would fit.
        var append = new byte[800 << 10];
        await Should.ThrowAsync<IOException>(async () => await store.TryAppendAsync("a/b", 1000, append, default));
        (await store.GetLengthAsync("a/b", default)).ShouldBe(1000);

        File.Delete(ballast);
        (await store.TryAppendAsync("a/b", 1000, append, default)).ShouldBeTrue();
    }
}
