using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Snowplow.EndToEnd.Tests.Harness;

namespace Snowplow.EndToEnd.Tests.Trackers;

/// <summary>
/// The site that the browser visits: one page and its script. The collector listens on another port, so to the browser it
/// is another origin of the same site, as with a collector on a subdomain: CORS holds, and its cookies are first-party.
/// </summary>
internal sealed class ShopSite : IAsyncDisposable
{
    private readonly WebApplication _server;

    private ShopSite(WebApplication server)
    {
        _server = server;
        Url = new Uri(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    /// <summary>The site's root.</summary>
    public Uri Url { get; }

    /// <summary>Bundles a page's script and serves the site, which is this page everywhere.</summary>
    /// <param name="page">The page: <c>page</c> or <c>surface</c> of <c>clients/browser</c>.</param>
    public static async Task<ShopSite> StartAsync(string page)
    {
        var script = await NodeClients.BundleAsync(page);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var server = builder.Build();
        server.MapGet($"/{page}.js", () => Results.File(script, "text/javascript"));
        server.MapGet("/{**path}", () => Results.File(Path.Combine(Built.Clients, "browser", $"{page}.html"), "text/html; charset=utf-8"));
        await server.StartAsync();
        return new ShopSite(server);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
