using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace Snowplow.Silo.Dashboard;

/// <summary>Serves the web front end: the files that the build puts beside the program, wherever it is started from.</summary>
internal static class DashboardFiles
{
    /// <summary>The page with the editor of queries, at <c>/query</c>.</summary>
    private const string QueryPage = "/query.html";

    /// <summary>Everything comes from here, and only this server is talked to.</summary>
    private const string ContentSecurityPolicy =
        "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>The editor of queries writes styles of its own, for colours and places of the text.</summary>
    private const string QueryContentSecurityPolicy = ContentSecurityPolicy + "; style-src 'self' 'unsafe-inline'";

    /// <summary>Where the files are.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "wwwroot");

    /// <summary>Serves the pages at <c>/</c> and <c>/query</c> and their files. Requests that an endpoint answers pass by.</summary>
    public static void UseDashboard(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            if (context.Request.Path == "/query") context.Request.Path = QueryPage;
            return next(context);
        });
        app.UseDefaultFiles();
        app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = SetHeaders });
    }

    private static void SetHeaders(StaticFileResponseContext file)
    {
        var headers = file.Context.Response.Headers;
        headers.ContentSecurityPolicy = file.Context.Request.Path == QueryPage ? QueryContentSecurityPolicy : ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        // Names of scripts and styles change with their content; the page that names them is asked for each time.
        headers[HeaderNames.CacheControl] = file.File.Name.EndsWith(".html", StringComparison.Ordinal)
            ? "no-cache"
            : "public, max-age=31536000, immutable";
    }
}
