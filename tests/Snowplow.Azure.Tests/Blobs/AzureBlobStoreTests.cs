using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Snowplow.Azure.Blobs;
using Snowplow.Azure.Tests.Emulators;
using Snowplow.Storage.Blobs;
using Snowplow.Storage.Tests.Blobs;

namespace Snowplow.Azure.Tests.Blobs;

/// <summary>The contract of all stores, against Azurite, and what two processes and lost answers make of it.</summary>
[Collection(nameof(Azurite))]
public sealed class AzureBlobStoreTests(Azurite azurite) : BlobStoreContract, IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly BlobContainerClient _container = new(azurite.BlobConnection, $"test-{Guid.NewGuid():N}");

    protected override IBlobStore Store => field ??= new AzureBlobStore(_container);

    public async Task InitializeAsync() => await _container.CreateAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Append_OfAnotherProcessInBetween_IsNoticedAndGoneOnFrom()
    {
        var other = new AzureBlobStore(_container);
        (await Store.TryAppendAsync("a", 0, "one"u8.ToArray(), None)).ShouldBeTrue();
        (await other.TryAppendAsync("a", 3, "two"u8.ToArray(), None)).ShouldBeTrue();

        (await Store.TryAppendAsync("a", 3, "2"u8.ToArray(), None)).ShouldBeFalse();
        (await Store.TryAppendAsync("a", 6, "three"u8.ToArray(), None)).ShouldBeTrue();

        (await ContentAsync("a")).ShouldBe("onetwothree");
    }

    // Azurite has no hierarchical namespace: these are the entries by which the service tells of folders.
    [Fact]
    public async Task List_OfAnAccountWithFolders_TellsOfFilesAlone()
    {
        foreach (var folder in new[] { "enriched", "enriched/2026-12-01" })
            await _container.GetBlobClient(folder).UploadAsync(BinaryData.Empty, new BlobUploadOptions { Metadata = new Dictionary<string, string> { ["hdi_isfolder"] = "true" } }, None);
        (await Store.TryAppendAsync("enriched/2026-12-01/one", 0, "12"u8.ToArray(), None)).ShouldBeTrue();
        (await Store.TryAppendAsync("enriched/empty", 0, Array.Empty<byte>(), None)).ShouldBeTrue();

        var listed = new List<(string, long)>();
        await foreach (var blob in Store.ListAsync("enriched", None)) listed.Add((blob.Name, blob.Length));
        listed.ShouldBe([("enriched/2026-12-01/one", 2L), ("enriched/empty", 0L)]);
    }

    [Fact]
    public async Task Append_ByAFreshProcess_GoesOnAtTheEnd()
    {
        for (var i = 0; i < 5; i++) (await new AzureBlobStore(_container).TryAppendAsync("a", i, "x"u8.ToArray(), None)).ShouldBeTrue();
        (await ContentAsync("a")).ShouldBe("xxxxx");
    }

    [Fact]
    public async Task Append_ManyRacing_LosesAndDoublesNothing()
    {
        // Each of four processes appends its own letter at whatever length it finds.
        await Task.WhenAll("abcd".Select(letter => Task.Run(async () =>
        {
            var store = new AzureBlobStore(_container);
            for (var appended = 0; appended < 15;)
            {
                var length = await store.GetLengthAsync("race", None) ?? 0;
                if (await store.TryAppendAsync("race", length, new[] { (byte)letter }, None)) appended++;
            }
        })));

        new string([.. (await ContentAsync("race")).Order()]).ShouldBe($"{new string('a', 15)}{new string('b', 15)}{new string('c', 15)}{new string('d', 15)}");
    }

    [Fact]
    public async Task Append_WhoseAnswerIsLost_IsNotMistakenForAnothersAndStandsOnce()
    {
        var lossy = new LosingTransport();
        var store = new AzureBlobStore(new BlobContainerClient(azurite.BlobConnection, _container.Name, lossy.Options()));
        (await store.TryAppendAsync("a", 0, "one"u8.ToArray(), None)).ShouldBeTrue();

        lossy.LoseNextCommit = true;
        (await store.TryAppendAsync("a", 3, "two"u8.ToArray(), None)).ShouldBeTrue();
        lossy.Lost.ShouldBe(1);
        lossy.LoseNextCommit = true;
        (await store.TryAppendAsync("new", 0, "one"u8.ToArray(), None)).ShouldBeTrue();
        lossy.Lost.ShouldBe(2);
        (await store.TryAppendAsync("a", 6, "three"u8.ToArray(), None)).ShouldBeTrue();

        (await ContentAsync("a")).ShouldBe("onetwothree");
        (await ContentAsync("new")).ShouldBe("one");
    }

    [Fact]
    public async Task Append_OfNothing_CreatesAnEmptyBlobThatGrows()
    {
        (await Store.TryAppendAsync("empty", 0, ReadOnlyMemory<byte>.Empty, None)).ShouldBeTrue();
        (await Store.GetLengthAsync("empty", None)).ShouldBe(0);
        (await new AzureBlobStore(_container).TryAppendAsync("empty", 0, "x"u8.ToArray(), None)).ShouldBeTrue();
        (await ContentAsync("empty")).ShouldBe("x");
    }

    [Fact]
    public async Task Append_AfterTheBlobWasDeletedAndMadeAnew_IsRefused()
    {
        (await Store.TryAppendAsync("a", 0, "one"u8.ToArray(), None)).ShouldBeTrue();
        await new AzureBlobStore(_container).DeleteAsync("a", None);
        (await Store.TryAppendAsync("a", 3, "two"u8.ToArray(), None)).ShouldBeFalse();
        (await new AzureBlobStore(_container).TryAppendAsync("a", 0, "new"u8.ToArray(), None)).ShouldBeTrue();
        (await Store.TryAppendAsync("a", 3, "er"u8.ToArray(), None)).ShouldBeTrue();
        (await ContentAsync("a")).ShouldBe("newer");
    }

    [Fact]
    public async Task Append_OfManyMegabytes_StandsWhole()
    {
        var bytes = new byte[9_000_000];
        new Random(1).NextBytes(bytes);
        (await Store.TryAppendAsync("large", 0, bytes, None)).ShouldBeTrue();
        var read = new byte[bytes.Length];
        (await Store.ReadAsync("large", 0, read, None)).ShouldBe(bytes.Length);
        read.ShouldBe(bytes);
    }

    [Fact]
    public async Task Append_BehindThousands_JoinsTheirBlocksAndKeepsTheirBytes()
    {
        var expected = new List<byte>();
        for (var i = 0; i < 4010; i++)
        {
            (await Store.TryAppendAsync("many", i, new[] { (byte)i }, None)).ShouldBeTrue();
            expected.Add((byte)i);
        }

        (await new AzureBlobStore(_container).TryAppendAsync("many", 4010, "end"u8.ToArray(), None)).ShouldBeTrue();
        var read = new byte[4013];
        (await Store.ReadAsync("many", 0, read, None)).ShouldBe(read.Length);
        read.ShouldBe([.. expected, .. "end"u8.ToArray()]);
        (await _container.GetBlockBlobClient("many").GetBlockListAsync()).Value.CommittedBlocks.Count().ShouldBeLessThan(20);
    }

    [Fact]
    public async Task Blob_IsABlockBlob_SoThatTiersAndDataExplorerTakeIt()
    {
        await Store.TryAppendAsync("a", 0, "one"u8.ToArray(), None);
        (await _container.GetBlobClient("a").GetPropertiesAsync()).Value.BlobType.ShouldBe(BlobType.Block);
    }

    [Fact]
    public async Task Container_ThatIsNotThere_IsAnErrorThatSaysSo()
    {
        var store = new AzureBlobStore(new BlobContainerClient(azurite.BlobConnection, "nobody-made-this"));
        (await Should.ThrowAsync<IOException>(async () => await store.GetLengthAsync("a", None))).Message.ShouldContain("a");
        await Should.ThrowAsync<IOException>(async () => await store.TryAppendAsync("a", 0, "x"u8.ToArray(), None));
        await Should.ThrowAsync<IOException>(async () => await store.ReadAsync("a", 0, new byte[1], None));
        await Should.ThrowAsync<IOException>(async () => { await foreach (var _ in store.ListAsync("", None)) { } });
    }

    [Fact]
    public async Task Service_ThatIsNotThere_IsAnIOException()
    {
        var options = new BlobClientOptions { Retry = { MaxRetries = 0 } };
        var store = new AzureBlobStore(new BlobContainerClient("DefaultEndpointsProtocol=http;AccountName=x;AccountKey=eA==;BlobEndpoint=http://127.0.0.1:9/x", "c", options));
        await Should.ThrowAsync<IOException>(async () => await store.TryAppendAsync("a", 0, "x"u8.ToArray(), None));
    }

    private async Task<string> ContentAsync(string name) => (await _container.GetBlobClient(name).DownloadContentAsync()).Value.Content.ToString();
}
