using System.Net;
using System.Text;
using Snowplow.Enrich.Assets;
using Snowplow.Enrich.Tests.Iglu;

namespace Snowplow.Enrich.Tests.Assets;

public sealed class AssetStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("assets-").FullName;
    private readonly HttpClient _http = new();
    private readonly AssetStore _store;

    public AssetStoreTests() => _store = new AssetStore(
        new AssetOptions { Folder = Path.Combine(_folder, "downloads"), CheckInterval = TimeSpan.FromHours(1), UpdatePeriod = TimeSpan.FromTicks(1) }, _http, TimeProvider.System);

    [Theory]
    [InlineData("rules.txt")]
    [InlineData("./rules.txt")]
    [InlineData("{folder}/rules.txt")]
    [InlineData("file://{folder}/rules.txt")]
    public void File_OfThisMachine_IsLoaded(string location)
    {
        Write("one");
        _store.Load(location.Replace("{folder}", _folder), _folder, File.ReadAllText).Current.ShouldBe("one");
    }

    [Fact]
    public void File_WhenItChanges_ReplacesTheOldContent()
    {
        Write("one");
        var asset = _store.Load("rules.txt", _folder, File.ReadAllText);
        Write("three");
        _store.Check();
        asset.Current.ShouldBe("three");
    }

    [Fact]
    public void File_WhenItsNewContentIsBroken_KeepsTheOldAndIsTriedAgain()
    {
        Write("1");
        var asset = _store.Load<string>("rules.txt", _folder, path => $"{int.Parse(File.ReadAllText(path))}");
        Write("broken");
        _store.Check();
        asset.Current.ShouldBe("1");
        Write("22");
        _store.Check();
        asset.Current.ShouldBe("22");
        File.Delete(Path.Combine(_folder, "rules.txt"));
        _store.Check();
        asset.Current.ShouldBe("22");
    }

    [Theory]
    [InlineData("missing.txt", "is not there")]
    [InlineData("s3://bucket/rules.txt", "use an http or https address or a path")]
    public void File_ThatCannotBeHad_IsAnErrorThatSaysWhy(string location, string expected) =>
        Should.Throw<AssetException>(() => _store.Load(location, _folder, File.ReadAllText)).Message.ShouldContain(expected);

    [Fact]
    public void File_ThatCannotBeRead_IsAnErrorThatSaysWhy()
    {
        Write("not a number");
        Should.Throw<AssetException>(() => _store.Load<string>("rules.txt", _folder, path => $"{int.Parse(File.ReadAllText(path))}"))
            .Message.ShouldStartWith("rules.txt cannot be read: ");
    }

    [Fact]
    public async Task Address_WhenItsContentChanges_IsDownloadedOnceForEachContent()
    {
        var server = new HttpListener();
        server.Prefixes.Add($"http://127.0.0.1:{RegistryServer.FreePort()}/");
        server.Start();
        var (content, full, unchanged) = ("one", 0, 0);
        var serving = Task.Run(async () =>
        {
            while (true)
            {
                var context = await server.GetContextAsync();
                var etag = $"\"{content}\"";
                if (context.Request.Headers["If-None-Match"] == etag)
                {
                    unchanged++;
                    context.Response.StatusCode = 304;
                }
                else
                {
                    full++;
                    context.Response.AddHeader("ETag", etag);
                    context.Response.OutputStream.Write(Encoding.UTF8.GetBytes(content));
                }

                context.Response.Close();
            }
        });

        var address = AssetStore.Location(server.Prefixes.Single(), "rules.txt");
        var asset = _store.Load(address, _folder, File.ReadAllText);
        asset.Current.ShouldBe("one");
        _store.Check();
        (full, unchanged).ShouldBe((1, 1));
        content = "three";
        _store.Check();
        asset.Current.ShouldBe("three");
        server.Stop();

        // A restart while the server is away goes on with what was downloaded.
        _store.Load(address, _folder, File.ReadAllText).Current.ShouldBe("three");
        await Should.ThrowAsync<Exception>(serving);
    }

    [Fact]
    public async Task Address_WhoseNewContentCannotBeRead_KeepsTheOldAlsoForTheNextStartAndIsAskedAgain()
    {
        var content = "1";
        await using var server = Server(() => (200, content));
        static string Number(string path) => $"{int.Parse(File.ReadAllText(path))}";
        var address = server.Address + "n.txt";
        var asset = _store.Load(address, _folder, Number);
        content = "broken";
        _store.Check();
        asset.Current.ShouldBe("1");
        _store.Load(address, _folder, Number).Current.ShouldBe("1");
        Directory.GetFiles(Path.Combine(_folder, "downloads"), "*.partial").ShouldBeEmpty();

        content = "22";
        _store.Check();
        asset.Current.ShouldBe("22");
    }

    [Fact]
    public async Task Address_WhoseFirstContentCannotBeRead_IsAnErrorThatSaysWhyAndLeavesNothing()
    {
        await using var server = Server(() => (200, "broken"));
        Should.Throw<AssetException>(() => _store.Load(server.Address + "n.txt", _folder, path => $"{int.Parse(File.ReadAllText(path))}"))
            .Message.ShouldStartWith(server.Address + "n.txt cannot be read: ");
        Directory.GetFiles(Path.Combine(_folder, "downloads")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Address_ThatFailsWhenItIsTimeToAsk_IsAskedAgainBeforeTheNextTime()
    {
        var time = new ManualTime();
        var answer = (200, "1");
        await using var server = Server(() => answer);
        using var store = new AssetStore(
            new AssetOptions { Folder = Path.Combine(_folder, "downloads"), CheckInterval = TimeSpan.FromDays(100), UpdatePeriod = TimeSpan.FromDays(7) }, _http, time);
        var asset = store.Load(server.Address + "n.txt", _folder, File.ReadAllText);
        answer = (500, "");
        time.Advance(TimeSpan.FromDays(7));
        store.Check();
        store.Check();
        server.Requests.Count.ShouldBe(2);
        answer = (200, "22");
        time.Advance(TimeSpan.FromMinutes(10));
        store.Check();
        asset.Current.ShouldBe("22");
    }

    [Fact]
    public async Task Address_WhoseDownloadStalls_IsGivenUpInTime()
    {
        var release = new TaskCompletionSource();
        await using var server = new RegistryServer(async context =>
        {
            context.Response.ContentLength64 = 1000;
            await context.Response.OutputStream.WriteAsync("begun"u8.ToArray());
            await release.Task;
        });
        using var store = new AssetStore(
            new AssetOptions { Folder = Path.Combine(_folder, "downloads"), DownloadTimeout = TimeSpan.FromMilliseconds(300) }, _http, TimeProvider.System);
        var load = Task.Run(() => store.Load(server.Address + "n.txt?sig=s3cret", _folder, File.ReadAllText));
        (await Task.WhenAny(load, Task.Delay(TimeSpan.FromSeconds(30)))).ShouldBe(load);
        var message = (await Should.ThrowAsync<AssetException>(load)).Message;
        message.ShouldStartWith(server.Address + "n.txt cannot be read: ");
        message.ShouldNotContain("s3cret");
        release.SetResult();
    }

    private static RegistryServer Server(Func<(int Status, string Content)> answer) => new(context =>
    {
        var (status, content) = answer();
        var etag = $"\"{content}\"";
        if (context.Request.Headers["If-None-Match"] == etag) return RegistryServer.Answer(context, 304, "");
        context.Response.AddHeader("ETag", etag);
        return RegistryServer.Answer(context, status, content);
    });

    public void Dispose()
    {
        _store.Dispose();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Write(string text) => File.WriteAllText(Path.Combine(_folder, "rules.txt"), text);
}
