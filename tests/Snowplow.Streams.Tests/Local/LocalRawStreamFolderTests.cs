using Snowplow.Silo.Tests;
using Snowplow.Streams.Local;

namespace Snowplow.Streams.Tests.Local;

public sealed class LocalRawStreamFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_OfAnExistingLog_KeepsIdentityPartitionsAndRecords()
    {
        string identity;
        await using (var stream = TestLog.Open(_folder.Path))
        {
            identity = stream.Identity;
            await TestLog.AppendNumbersAsync(stream, 0, 3);
        }

        await using var reopened = TestLog.Open(TestLog.Options(_folder.Path) with { Partitions = null });
        await TestLog.AppendNumbersAsync(reopened, 3, 1);

        reopened.Identity.ShouldBe(identity);
        reopened.PartitionCount.ShouldBe(1);
        (await TestLog.ReadNumbersAsync(reopened)).ShouldBe([(0, "0"), (1, "1"), (2, "2"), (3, "3")]);
    }

    [Fact]
    public async Task Open_OfAnotherFolder_GivesAnotherIdentity()
    {
        await using var one = TestLog.Open(Path.Combine(_folder.Path, "one"));
        await using var two = TestLog.Open(Path.Combine(_folder.Path, "two"));

        one.Identity.ShouldNotBe(two.Identity);
    }

    [Fact]
    public async Task Open_WhileAnotherHasIt_IsRefusedNamingTheFolder()
    {
        await using var stream = TestLog.Open(_folder.Path);

        Should.Throw<IOException>(() => TestLog.Open(_folder.Path)).Message.ShouldContain(_folder.Path);
    }

    [Fact]
    public async Task Open_WhenTheManifestIsGone_IsRefused()
    {
        await TestLog.Open(_folder.Path).DisposeAsync();
        File.Delete(Path.Combine(_folder.Path, "manifest.json"));

        Should.Throw<InvalidDataException>(() => TestLog.Open(_folder.Path)).Message.ShouldContain("restore that file");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"format":3,"identity":"abc","partitions":8}""")]
    public void Open_WhenTheManifestIsNotOne_IsRefused(string manifest)
    {
        File.WriteAllText(Path.Combine(_folder.Path, "manifest.json"), manifest);

        Should.Throw<InvalidDataException>(() => TestLog.Open(_folder.Path)).Message.ShouldContain("manifest");
    }

    [Fact]
    public async Task Open_WithAnotherNumberOfPartitionsThanTheLogs_NamesBoth()
    {
        await TestLog.Open(TestLog.Options(_folder.Path) with { Partitions = 8 }).DisposeAsync();

        var message = Should.Throw<InvalidDataException>(() => TestLog.Open(TestLog.Options(_folder.Path) with { Partitions = 4 })).Message;

        message.ShouldContain("made with 8 partitions");
        message.ShouldContain("RawStream:Partitions is 4");
        await TestLog.Open(TestLog.Options(_folder.Path) with { Partitions = 8 }).DisposeAsync();
    }

    [Fact]
    public void Open_WithWrongOptions_NamesThemAll()
    {
        var options = new LocalRawStreamOptions
        {
            Folder = " ",
            Partitions = 0,
            SegmentSizeBytes = 1,
            MaxInFlightBytes = 1,
            RetainedAge = TimeSpan.FromDays(-1),
            RetainedSizeBytes = -1,
        };

        var message = Should.Throw<ArgumentException>(() => TestLog.Open(options)).Message;

        foreach (var name in typeof(LocalRawStreamOptions).GetProperties().Select(p => p.Name).Where(n => n != "EqualityContract"))
            message.ShouldContain(name);
    }

    [Fact]
    public async Task Append_AfterDispose_IsUnavailable()
    {
        var stream = TestLog.Open(_folder.Path);
        await stream.DisposeAsync();

        await Should.ThrowAsync<RawStreamUnavailableException>(() => TestLog.AppendNumbersAsync(stream, 0, 1));
    }

    [Fact]
    public async Task Dispose_WhileAppendsWait_EndsAndStoresThoseThatItAcknowledges()
    {
        for (var round = 0; round < 50; round++)
        {
            var folder = Path.Combine(_folder.Path, $"{round}");
            var stream = TestLog.Open(folder);
            var appends = Enumerable.Range(0, 200).Select(n => Task.Run(async () =>
            {
                try
                {
                    await TestLog.AppendNumbersAsync(stream, n, 1);
                    return true;
                }
                catch (RawStreamUnavailableException)
                {
                    return false;
                }
            })).ToArray();
            await Task.WhenAny(appends);

            await stream.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

            var acknowledged = (await Task.WhenAll(appends)).Select((stored, n) => (stored, n)).Where(append => append.stored).Select(append => $"{append.n}");
            await using var reopened = TestLog.Open(folder);
            (await TestLog.ReadNumbersAsync(reopened)).Select(record => record.Number).ShouldBe(acknowledged, ignoreOrder: true);
        }
    }

    [LinuxFact]
    public void Flush_OfAFileThatCannotBeFlushed_IsAFailure()
    {
        using var file = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite);

        Should.Throw<IOException>(() => FileSync.Flush(file)).Message.ShouldContain("flush to the disk failed");
    }

    [Fact]
    public async Task Dispose_WhileAReaderWaits_EndsTheRead()
    {
        var stream = TestLog.Open(_folder.Path);
        var read = stream.ReadAsync(0, 0, 1000, CancellationToken.None).AsTask();

        await stream.DisposeAsync();

        await Should.ThrowAsync<ObjectDisposedException>(read);
    }

    [Fact]
    public async Task Append_OfAPayloadThatIsTooLarge_IsAMistakeOfTheCaller()
    {
        await using var stream = TestLog.Open(_folder.Path);

        await Should.ThrowAsync<ArgumentException>(
            () => stream.AppendAsync("key", Guid.NewGuid(), new byte[stream.MaxPayloadSizeBytes + 1], CancellationToken.None).AsTask());
        stream.Problem.ShouldBeNull();
    }

    [Fact]
    public async Task Append_BeyondTheBytesInFlight_IsRefusedAndTheRestIsStored()
    {
        await using var stream = TestLog.Open(TestLog.Options(_folder.Path) with { MaxInFlightBytes = 17 << 20 });
        var payload = new byte[10 << 20];

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            try
            {
                await stream.AppendAsync("key", Guid.NewGuid(), payload, CancellationToken.None);
                return true;
            }
            catch (RawStreamUnavailableException)
            {
                return false;
            }
        }));

        outcomes.ShouldContain(true);
        outcomes.ShouldContain(false);
        (await stream.GetEndAsync(0, CancellationToken.None)).ShouldBe(outcomes.Count(stored => stored));
        await TestLog.AppendNumbersAsync(stream, 0, 1);
    }
}
