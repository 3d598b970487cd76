using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Snowplow.Kql.Commands;
using Snowplow.Kql.Data;
using Snowplow.Silo.Kusto;
using Snowplow.Silo.Query;

namespace Snowplow.Azure.Tests.DataExplorer;

/// <summary>The endpoints by which a laptop's server speaks Data Explorer's protocol, over sockets, in front of a database of its own that begins empty.</summary>
internal sealed class EmbeddedKusto : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Lock _lock = new();
    private Database _database = new([]);

    private EmbeddedKusto()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddKusto();
        builder.Services.AddSingleton(LocalFiles.OfUser);
        builder.Services.AddSingleton<Func<Database>>(() => _database);
        builder.Services.AddSingleton<CommandRunner>((text, options, stop) =>
        {
            lock (_lock)
            {
                var outcome = new CommandEngine(_database).Run(text, options, stop);
                _database = outcome.Database;
                return outcome;
            }
        });
        _app = builder.Build();
        _app.Use(async (http, next) =>
        {
            if (http.Request.Path == "/v1/rest/mgmt") Requests++;
            if (IsBroken) http.Abort();
            else await next(http);
        });
        _app.MapKusto();
    }

    public Uri Url => new(_app.Urls.First());

    /// <summary>Management commands that were sent.</summary>
    public int Requests { get; private set; }

    /// <summary>Whether connections break before a request is answered.</summary>
    public bool IsBroken { get; set; }

    public static async Task<EmbeddedKusto> StartAsync()
    {
        var kusto = new EmbeddedKusto();
        await kusto._app.StartAsync();
        return kusto;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
