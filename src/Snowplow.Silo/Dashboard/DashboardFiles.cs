using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;
using Snowplow.Silo.Kusto;

namespace Snowplow.Silo.Dashboard;

/// <summary>
/// Serves the web front end: the files that the build puts beside the program, wherever it is started from. Beside most of them lies the same packed by Brotli and
/// by gzip, and goes to clients that take it.
/// </summary>
internal static class DashboardFiles
{
    /// <summary>The page with the editor of queries, at <c>/query</c>.</summary>
    private const string QueryPage = "/query.html";

    /// <summary>Everything comes from here, and only this server is talked to.</summary>
    private const string ContentSecurityPolicy =
        "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>The editor of queries writes styles of its own, for colours and places of the text.</summary>
    private const string QueryContentSecurityPolicy = ContentSecurityPolicy + "; style-src 'self' 'unsafe-inline'";

    // Names in HTTP and endings of files, the better one first.
    private static readonly (string Name, string Ending)[] Packings = [("br", ".br"), ("gzip", ".gz")];

    private static readonly FileExtensionContentTypeProvider ContentTypes = new();

    /// <summary>Where the files are.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "wwwroot");

    /// <summary>Serves the pages at <c>/</c> and <c>/query</c> and their files. Requests that an endpoint answers pass by.</summary>
    public static void UseDashboard(this WebApplication app)
    {
        var packed = Packings.ToDictionary(packing => packing.Name, packing => Packed(packing.Ending));
        app.Use((context, next) =>
        {
            if (context.GetEndpoint() is null) context.Request.Path = Find(context.Request, packed);
            return next(context);
        });
        app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = SetHeaders, ServeUnknownFileTypes = true });
    }

    // The paths of the files that lie there packed, by their own names. Nobody asks for the packed ones by theirs.
    private static HashSet<string> Packed(string ending) => Directory.Exists(Folder)
        ? [.. Directory.EnumerateFiles(Folder, $"*{ending}").Select(file => $"/{Path.GetFileName(file)[..^ending.Length]}")]
        : [];

    // The file that answers a request: of a page its own, and packed where it lies there so and the client takes it.
    private static PathString Find(HttpRequest request, Dictionary<string, HashSet<string>> packed)
    {
        var path = request.Path.Value switch { "" or "/" or null => "/index.html", "/query" => QueryPage, var other => other };
        foreach (var (name, ending) in Packings)
            if (packed[name].Contains(path) && PackedBody.Accepts(request, name)) return path + ending;
        return path;
    }

    private static void SetHeaders(StaticFileResponseContext file)
    {
        var headers = file.Context.Response.Headers;
        var name = file.File.Name;
        if (Packings.FirstOrDefault(packing => name.EndsWith(packing.Ending, StringComparison.Ordinal)) is { Name: { } packed, Ending: { } ending })
        {
            name = name[..^ending.Length];
            headers.ContentEncoding = packed;
        }

        if (ContentTypes.TryGetContentType(name, out var type)) file.Context.Response.ContentType = type;
        headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        headers.ContentSecurityPolicy = $"/{name}" == QueryPage ? QueryContentSecurityPolicy : ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        // Names of scripts and styles change with their content; the page that names them is asked for each time.
        headers[HeaderNames.CacheControl] = name.EndsWith(".html", StringComparison.Ordinal)
            ? "no-cache"
            : "public, max-age=31536000, immutable";
    }
}
