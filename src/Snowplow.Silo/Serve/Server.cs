using Microsoft.AspNetCore.Hosting;
using Snowplow.Collector;
using Snowplow.Silo.Access;
using Snowplow.Silo.Api;
using Snowplow.Silo.Dashboard;
using Snowplow.Silo.Forget;
using Snowplow.Silo.Metrics;

namespace Snowplow.Silo.Serve;

/// <summary><c>snowplow serve</c>: builds the server from its parts, runs it, and drains it at the end.</summary>
internal static class Server
{
    private const string DefaultUrl = "http://localhost:8080";
    private const int FewThreads = 14;

    /// <summary>Serves until the process is told to stop; returns the exit code.</summary>
    /// <param name="settings">Settings of the command line, which win over files and environment.</param>
    /// <param name="stop">Ends the server.</param>
    /// <exception cref="StartupException">It cannot start as it is configured.</exception>
    public static async Task<int> Run(IReadOnlyDictionary<string, string?> settings, CancellationToken stop)
    {
        // Threads of the pool wait for the disk at every append. The pool adds threads for the rest of the work slowly, and requests
        // would wait for them.
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(Math.Max(workers, FewThreads + Environment.ProcessorCount), ports);
        var (builder, configuration) = Explained(() => Read(settings));
        var prepared = await Prepare(settings, builder, configuration, stop).ConfigureAwait(false);
        try
        {
            var app = Explained(() => Build(builder, configuration));
            await using (app.ConfigureAwait(false))
            {
                await Start(app, stop).ConfigureAwait(false);
                Banner.Write(app.Services, Console.Out);
                await app.WaitForShutdownAsync(stop).ConfigureAwait(false);
            }
        }
        finally
        {
            if (prepared is not null)
                await prepared.DisposeAsync().ConfigureAwait(false);
        }

        return 0;
    }

    /// <summary>Builds the server, with its data folder locked; disposing of it releases the folder.</summary>
    /// <exception cref="StartupException">It cannot start as it is configured.</exception>
    internal static WebApplication Build(IReadOnlyDictionary<string, string?> settings)
    {
        var (builder, configuration) = Read(settings);
        return Build(builder, configuration);
    }

    private static (WebApplicationBuilder Builder, PlatformConfiguration Configuration) Read(IReadOnlyDictionary<string, string?> settings)
    {
        var builder = NewBuilder(settings);
        var read = new Settings(builder.Configuration);
        var configuration = PlatformConfiguration.Read(builder.Configuration, read);
        read.Require();
        return (builder, configuration);
    }

    private static async Task<IAsyncDisposable?> Prepare(
        IReadOnlyDictionary<string, string?> settings, WebApplicationBuilder builder, PlatformConfiguration configuration, CancellationToken stop)
    {
        try
        {
            return await Hosting.PrepareAsync(() => NewBuilder(settings), builder, configuration, stop).ConfigureAwait(false);
        }
        catch (Exception exception) when (StartFailure.Explain(exception) is { } explained)
        {
            throw explained;
        }
    }

    private static WebApplicationBuilder NewBuilder(IReadOnlyDictionary<string, string?> settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ContentRootPath = Directory.GetCurrentDirectory(),
            WebRootPath = DashboardFiles.Folder,
            // Settings are read once; watching appsettings.json watches the data folder beside it too, and each append to a file there.
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
        });
        builder.Configuration.AddInMemoryCollection(settings);
        ListenLocallyByDefault(builder);
        ConfigureLogging(builder.Logging);
        return builder;
    }

    private static WebApplication Build(WebApplicationBuilder builder, PlatformConfiguration configuration)
    {
        var folder = DataFolder.Open(configuration.Server.Data);
        try
        {
            return Build(builder, configuration, folder);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    private static WebApplication Build(WebApplicationBuilder builder, PlatformConfiguration configuration, DataFolder folder)
    {
        var (config, collector) = (configuration.Server, configuration.Collector);
        var roles = RoleNames.Parse(config.Roles);
        builder.Services.AddSingleton(_ => folder);
        builder.Services.AddSingleton(new Lazy<ApiKey>(() => ApiKey.Load(config.ApiKey, folder.Path)));
        builder.Services.AddSingleton<Exposure>();
        builder.Services.AddSnowplowTelemetry();
        var hosting = new Hosting(builder, folder, roles, configuration);
        builder.AddPlatform(hosting, roles, configuration.Platform);
        if (roles.HasFlag(Roles.Collector))
            builder.Services.AddSnowplowCollector(collector);
        if (roles.HasFlag(Roles.Query))
            builder.Services.AddLiveApi();

        var app = builder.Build();
        // Not created by anyone else, and so not disposed of: the folder is unlocked with the rest.
        _ = app.Services.GetRequiredService<DataFolder>();
        app.UseRouting();
        app.UseMiddleware<ApiKeyMiddleware>();
        app.MapSnowplowMetrics();
        if (roles.HasFlag(Roles.Pipeline))
            app.MapLag();
        if (roles.HasFlag(Roles.Collector))
            app.MapSnowplowCollector();
        else
            app.MapGet("/health", () => "ok").AllowAnonymous().ExcludeFromDescription();
        hosting.MapQueries(app);
        if (roles.HasFlag(Roles.Query))
        {
            app.MapLiveApi();
            app.MapErasureApi();
            app.UseDashboard();
        }

        return app;
    }

    /// <summary>Starts all parts; when one cannot, the others stop in order before the failure is told.</summary>
    private static async Task Start(WebApplication app, CancellationToken stop)
    {
        try
        {
            await app.StartAsync(stop).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            await app.StopAsync(CancellationToken.None).ConfigureAwait(false);
            if (StartFailure.Explain(exception) is { } explained)
                throw explained;
            throw;
        }
    }

    private static T Explained<T>(Func<T> build)
    {
        try
        {
            return build();
        }
        catch (Exception exception) when (StartFailure.Explain(exception) is { } explained)
        {
            throw explained;
        }
    }

    private static void ListenLocallyByDefault(WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        string?[] places = [configuration["urls"], configuration["http_ports"], configuration["https_ports"]];
        if (places.All(string.IsNullOrEmpty) && !configuration.GetSection("Kestrel:Endpoints").Exists())
            builder.WebHost.UseUrls(DefaultUrl);
    }

    /// <summary>One line each, on standard error; the frameworks speak up from warnings on, unless configured otherwise.</summary>
    private static void ConfigureLogging(ILoggingBuilder logging)
    {
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("Orleans", LogLevel.Warning);
        // Orleans places by it, and it tells of each placement twice.
        logging.AddFilter("Polly", LogLevel.Warning);
        // The command line says why the server could not start.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-dd HH:mm:ss.fff ";
            console.UseUtcTimestamp = true;
        });
        logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
