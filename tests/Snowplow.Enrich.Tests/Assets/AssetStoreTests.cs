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

    public void Dispose()
    {
        _store.Dispose();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Write(string text) => File.WriteAllText(Path.Combine(_folder, "rules.txt"), text);
}
