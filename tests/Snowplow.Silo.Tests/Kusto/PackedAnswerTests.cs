using System.IO.Compression;
using System.Text;

namespace Snowplow.Silo.Tests.Kusto;

/// <summary>Answers over a socket, packed or not.</summary>
public sealed class PackedAnswerTests : IAsyncLifetime
{
    private const string Large = "range x from 1 to 50000 step 1 | extend text = strcat('row ', x)";

    private KustoServer _server = null!;

    public async Task InitializeAsync() => _server = await KustoServer.StartAsync();

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Theory]
    [InlineData("/v1/rest/query", "gzip, deflate")]
    [InlineData("/v2/rest/query", "br, gzip;q=0.5")]
    [InlineData("/v2/rest/query", "*")]
    [InlineData("/api/export?format=json", "gzip")]
    public async Task Answer_ThatIsLarge_IsPackedForWhoTakesIt(string path, string accepted)
    {
        var (plain, plainBytes) = await AskAsync(path, Large, null);
        var (packed, bytes) = await AskAsync(path, Large, accepted);

        plain.ShouldBeNull();
        packed.ShouldBe("gzip");
        bytes.Length.ShouldBeLessThan(plainBytes.Length / 2);
        using var unpacked = new MemoryStream();
        await using (var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress)) await gzip.CopyToAsync(unpacked);
        Rows(unpacked.ToArray()).ShouldBe(Rows(plainBytes));
    }

    [Theory]
    [InlineData(Large, "br")]
    [InlineData(Large, "gzip;q=0")]
    [InlineData(Large, "identity")]
    [InlineData("print 1", "gzip")]
    public async Task Answer_ThatIsSmallOrNotWanted_IsPlain(string query, string accepted) =>
        (await AskAsync("/v2/rest/query", query, accepted)).Packing.ShouldBeNull();

    [Fact]
    public async Task Export_ThatIsRefused_IsToldPlainly()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/export?format=csv") { Content = new StringContent("""{"csl":"orders | where nothing"}""", Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip");
        using var answer = await _server.Http.SendAsync(request);

        ((int)answer.StatusCode).ShouldBe(400);
        answer.Content.Headers.ContentEncoding.ShouldBeEmpty();
        (await answer.Content.ReadAsStringAsync()).ShouldContain("SEM0100");
    }

    private async Task<(string? Packing, byte[] Body)> AskAsync(string path, string query, string? accepted)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative))
        {
            Content = new StringContent(System.Text.Json.JsonSerializer.Serialize(new { csl = query }), Encoding.UTF8, "application/json"),
        };
        if (accepted is not null) request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        using var answer = await _server.Http.SendAsync(request);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        answer.Headers.Vary.ShouldBe(["Accept-Encoding"]);
        return (answer.Content.Headers.ContentEncoding.SingleOrDefault(), await answer.Content.ReadAsByteArrayAsync());
    }

    // What comes behind the rows tells times and ids.
    private static string Rows(byte[] body) => Encoding.UTF8.GetString(body) is var text && text.IndexOf("row 50000", StringComparison.Ordinal) is > 0 and var end ? text[..end] : "";
}
