using System.IO.Compression;
using System.Net;

namespace Snowplow.Silo.Tests.Dashboard;

/// <summary>The files of the web front end, as the real server sends them.</summary>
public sealed class DashboardFileTests
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "wwwroot");

    [LinuxFact]
    public async Task Files_OfThePages_GoPackedToWhoTakesIt()
    {
        using var folder = new TemporaryFolder();
        await using var server = SnowplowProcess.Start(folder.Path, "--urls", "http://127.0.0.1:0");
        using var http = new HttpClient { BaseAddress = new Uri(await server.AddressAsync()) };
        var files = Directory.GetFiles(Root).Select(Path.GetFileName).OfType<string>().Where(name => !name.EndsWith(".br", StringComparison.Ordinal) && !name.EndsWith(".gz", StringComparison.Ordinal)).ToList();
        files.ShouldContain("index.html");

        var (plain, packed) = (0L, 0L);
        foreach (var (path, file) in files.Select(name => ($"/{name}", name)).Append(("/", "index.html")).Append(("/query", "query.html")))
        {
            var content = await File.ReadAllBytesAsync(Path.Combine(Root, file));
            foreach (var (accepted, packing) in ((string, string?)[])[("", null), ("gzip", "gzip"), ("gzip, deflate, br", "br")])
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, path);
                request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
                using var answer = await http.SendAsync(request);
                answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
                var sent = answer.Content.Headers.ContentEncoding.SingleOrDefault();
                sent.ShouldBe(content.Length < 1024 ? null : packing, path);
                var body = await answer.Content.ReadAsByteArrayAsync();
                Unpacked(body, sent).AsSpan().SequenceEqual(content).ShouldBeTrue(path);
                answer.Headers.Vary.ShouldBe(["Accept-Encoding"]);
                answer.Content.Headers.ContentType!.MediaType.ShouldBe(TypeOf(file), path);
                answer.Headers.CacheControl!.ToString().ShouldContain(file.EndsWith(".html", StringComparison.Ordinal) ? "no-cache" : "immutable", customMessage: path);
                if (accepted.Length == 0) plain += body.Length;
                if (packing == "br") packed += body.Length;
            }
        }

        packed.ShouldBeLessThan(plain / 4);
    }

    // Those of the editor's workers are bundles of their own.
    [Theory]
    [InlineData("monaco-editor")]
    [InlineData("@kusto/monaco-kusto")]
    [InlineData("@kusto/language-service")]
    [InlineData("@kusto/language-service-next")]
    [InlineData("xregexp")]
    [InlineData("core-js-pure")]
    [InlineData("topojson-client")]
    public void Licenses_NameWhatIsBundled(string package) => File.ReadAllText(Path.Combine(Root, "licenses.md")).ShouldContain($"## {package} - ");

    private static byte[] Unpacked(byte[] body, string? packing)
    {
        using var unpacked = new MemoryStream();
        using Stream stream = packing switch
        {
            "br" => new BrotliStream(new MemoryStream(body), CompressionMode.Decompress),
            "gzip" => new GZipStream(new MemoryStream(body), CompressionMode.Decompress),
            _ => new MemoryStream(body),
        };
        stream.CopyTo(unpacked);
        return unpacked.ToArray();
    }

    private static string TypeOf(string file) => Path.GetExtension(file) switch
    {
        ".html" => "text/html",
        ".js" => "text/javascript",
        ".css" => "text/css",
        ".svg" => "image/svg+xml",
        ".ttf" => "application/x-font-ttf",
        ".md" => "text/markdown",
        var other => other,
    };
}
