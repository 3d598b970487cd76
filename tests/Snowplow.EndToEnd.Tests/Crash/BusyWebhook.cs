using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Snowplow.EndToEnd.Tests.Crash;

/// <summary>A webhook that refuses one request in four, and takes note of the interventions that it takes.</summary>
internal sealed class BusyWebhook : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ConcurrentBag<(string Key, string Id)> _taken = [];
    private int _requests;

    private BusyWebhook()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _server = builder.Build();
        _server.MapPost("/", TakeAsync);
    }

    /// <summary>Its address.</summary>
    public Uri Url => new(_server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>The profile and the id of each intervention taken, as often as it was.</summary>
    public IReadOnlyCollection<(string Key, string Id)> Taken => _taken;

    /// <summary>Starts listening.</summary>
    public static async Task<BusyWebhook> StartAsync()
    {
        var webhook = new BusyWebhook();
        await webhook._server.StartAsync();
        return webhook;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        var intervention = (await JsonNode.ParseAsync(request.Body))!;
        if (Interlocked.Increment(ref _requests) % 4 == 0) return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        _taken.Add((intervention["key"]!.GetValue<string>(), intervention["id"]!.GetValue<string>()));
        return Results.Ok();
    }
}
