using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace Snowplow.Silo.Dashboard;

/// <summary>Serves the web front end: the files that the build puts beside the program, wherever it is started from.</summary>
internal static class DashboardFiles
{
    /// <summary>Everything comes from here, and only this server is talked to.</summary>
    private const string ContentSecurityPolicy =
        "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>Where the files are.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "wwwroot");

    /// <summary>Serves the page at <c>/</c> and its files. Requests that an endpoint answers pass by.</summary>
    public static void UseDashboard(this WebApplication app)
    {
        app.UseDefaultFiles();
        app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = SetHeaders });
    }

    private static void SetHeaders(StaticFileResponseContext file)
    {
        var headers = file.Context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        // Names of scripts and styles change with their content; the page that names them is asked for each time.
        headers[HeaderNames.CacheControl] = file.File.Name.EndsWith(".html", StringComparison.Ordinal)
            ? "no-cache"
            : "public, max-age=31536000, immutable";
    }
}
