using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Snowplow.EndToEnd.Tests.Crash;

/// <summary>
/// An Iglu registry over HTTP that knows every schema of <see cref="Vendor"/>, but answers as a seeded plan will have it: with
/// the schema, with 404, with 500, or not at all.
/// </summary>
internal sealed class FlappingRegistry : IAsyncDisposable
{
    /// <summary>The vendor of the schemas.</summary>
    public const string Vendor = "org.example.flap";

    private readonly WebApplication _server;
    private readonly Random _plan;

    private FlappingRegistry(int seed)
    {
        _plan = new Random(seed);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _server = builder.Build();
        _server.MapGet($"/schemas/{Vendor}/{{name}}/jsonschema/{{version}}", AnswerAsync);
    }

    /// <summary>Its address, above <c>schemas/</c>.</summary>
    public Uri Url => new(_server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>Starts listening.</summary>
    public static async Task<FlappingRegistry> StartAsync(int seed)
    {
        var registry = new FlappingRegistry(seed);
        await registry._server.StartAsync();
        return registry;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task<IResult> AnswerAsync(string name, string version, CancellationToken gone)
    {
        int turn;
        lock (_plan) turn = _plan.Next(10);
        switch (turn)
        {
            case < 5:
                return Results.Text(Schema(name, version), "application/json");
            case < 7:
                return Results.NotFound();
            case < 9:
                return Results.StatusCode(StatusCodes.Status500InternalServerError);
            default:
                await Task.Delay(Timeout.Infinite, gone).ContinueWith(_ => { }, TaskScheduler.Default);
                return Results.Empty;
        }
    }

    private static string Schema(string name, string version) => $$"""
        {
          "$schema": "http://iglucentral.com/schemas/com.snowplowanalytics.self-desc/schema/jsonschema/1-0-0#",
          "self": { "vendor": "{{Vendor}}", "name": "{{name}}", "format": "jsonschema", "version": "{{version}}" },
          "type": "object",
          "properties": { "n": { "type": "integer", "minimum": 0, "maximum": 1000000 } },
          "required": ["n"],
          "additionalProperties": false
        }
        """;
}
