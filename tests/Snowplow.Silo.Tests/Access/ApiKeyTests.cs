using System.Net;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Snowplow.Silo.Access;
using Snowplow.Silo.Serve;

namespace Snowplow.Silo.Tests.Access;

public sealed class ApiKeyTests
{
    private const string Key = "a-key-of-sufficient-length";

    [Theory]
    [InlineData("http://127.0.0.1:0", "/closed", null, null, 200)]
    [InlineData("http://localhost:0", "/closed", null, null, 200)]
    [InlineData("http://127.0.0.1:0", "/closed", null, "rebound.example", 401)]
    [InlineData("http://127.0.0.1:0", "/closed", "Bearer " + Key, "rebound.example", 200)]
    [InlineData("http://0.0.0.0:0", "/open", null, null, 200)]
    [InlineData("http://0.0.0.0:0", "/open", null, "other.example", 200)]
    [InlineData("http://0.0.0.0:0", "/closed", null, null, 401)]
    [InlineData("http://0.0.0.0:0", "/nowhere", null, null, 401)]
    [InlineData("http://0.0.0.0:0", "/closed", "Bearer wrong", null, 401)]
    [InlineData("http://0.0.0.0:0", "/closed", "Bearer " + Key, null, 200)]
    [InlineData("http://0.0.0.0:0", "/closed", "Basic {credentials}", null, 200)]
    [InlineData("http://0.0.0.0:0", "/closed", "Basic bm90aGluZw==", null, 401)]
    [InlineData("http://0.0.0.0:0", "/closed", "Basic %%%", null, 401)]
    [InlineData("http://0.0.0.0:0", "/closed", "Header " + Key, null, 200)]
    public async Task Server_WhenAskedFrom_AnswersByExposureAndKey(string url, string path, string? authorization, string? host, int expected)
    {
        url = url.Replace("localhost:0", "localhost:" + FreePort());
        await using var app = await StartAsync(url);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, Address(app) + path);
        request.Headers.Host = host;
        if (authorization?.StartsWith("Header ") == true)
            request.Headers.Add("X-Api-Key", authorization["Header ".Length..]);
        else if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization.Replace("{credentials}", Convert.ToBase64String(Encoding.UTF8.GetBytes("anyone:" + Key))));

        using var response = await http.SendAsync(request);

        ((int)response.StatusCode).ShouldBe(expected);
        if (expected == 401)
            response.Headers.WwwAuthenticate.Single().Scheme.ShouldBe("Basic");
    }

    [Fact]
    public void Load_WhenNoneIsConfigured_KeepsAGeneratedOneThatOnlyTheOwnerReads()
    {
        using var folder = new TemporaryFolder();

        var first = ApiKey.Load(null, folder.Path);
        var second = ApiKey.Load(null, folder.Path);

        first.IsGenerated.ShouldBeTrue();
        second.Text.ShouldBe(first.Text);
        first.Text.Length.ShouldBeGreaterThanOrEqualTo(32);
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(folder.File(ApiKey.FileName)).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void Load_WhenTheConfiguredOneIsShort_RefusesIt()
    {
        using var folder = new TemporaryFolder();
        Should.Throw<StartupException>(() => ApiKey.Load("short", folder.Path)).Message.ShouldContain("Snowplow:ApiKey");
    }

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("LOCALHOST", true)]
    [InlineData("127.8.9.10", true)]
    [InlineData("[::1]", true)]
    [InlineData("::1", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("[::]", false)]
    [InlineData("*", false)]
    [InlineData("+", false)]
    [InlineData("192.168.1.4", false)]
    [InlineData("localhost.example.com", false)]
    public void IsLocal_WhenHostIs_TellsWhetherOnlyThisMachineHasIt(string host, bool expected) => Exposure.IsLocal(host).ShouldBe(expected);

    private static async Task<WebApplication> StartAsync(string url)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        builder.Services.AddSingleton<Exposure>();
        builder.Services.AddSingleton(new Lazy<ApiKey>(() => ApiKey.Load(Key, "unused")));
        var app = builder.Build();
        app.UseRouting();
        app.UseMiddleware<ApiKeyMiddleware>();
        app.MapGet("/open", () => "open").AllowAnonymous();
        app.MapGet("/closed", () => "closed");
        await app.StartAsync();
        return app;
    }

    private static string Address(WebApplication app) => app.Urls.First().Replace("0.0.0.0", "127.0.0.1");

    private static int FreePort()
    {
        using var socket = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
