using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Snowplow.Collector.Requests;
using Snowplow.Collector.Responses;

namespace Snowplow.Collector;

/// <summary>Registers the collector.</summary>
public static class CollectorServices
{
    /// <summary>
    /// Registers the collector, its options, and Kestrel's limits. The raw stream (<c>IRawStream</c>) is registered by the caller.
    /// </summary>
    /// <exception cref="ArgumentException">Options are wrong; the message lists all that are.</exception>
    public static IServiceCollection AddSnowplowCollector(this IServiceCollection services, CollectorOptions options)
    {
        if (options.Validate() is { Count: > 0 } errors)
            throw new ArgumentException($"the collector's options are wrong: {string.Join("; ", errors)}", nameof(options));
        services.AddSingleton(Options.Create(options));
        services.Configure<KestrelServerOptions>(kestrel => Limit(kestrel, options));
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddSingleton<CollectorMetrics>();
        services.AddSingleton(new ClientNetwork(options.TrustedProxies));
        services.AddSingleton<PayloadBuilder>();
        services.AddSingleton<RawAppend>();
        services.AddSingleton(provider => new RequestChecks(options, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new Draining(options, provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService(provider => provider.GetRequiredService<Draining>());
        services.Configure<HostOptions>(host => host.ShutdownTimeout += options.PreTerminationPeriod);
        if (options.Hsts.Enabled) services.AddSingleton<IStartupFilter>(new HstsHeader(options.Hsts));
        services.AddSingleton<EventEndpoint>();
        return services;
    }

    private static void Limit(KestrelServerOptions kestrel, CollectorOptions options)
    {
        kestrel.AddServerHeader = false;
        // Old browsers send raw bytes in headers such as Referer. UTF-8 would refuse them with 400; HeaderText reads them.
        kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
        var limits = kestrel.Limits;
        limits.MaxConcurrentConnections = options.MaxConnections;
        limits.MaxRequestLineSize = options.MaxRequestLineBytes;
        limits.MaxRequestHeadersTotalSize = options.MaxHeadersBytes;
        limits.RequestHeadersTimeout = options.HeadersTimeout;
        limits.KeepAliveTimeout = options.IdleTimeout;
    }
}
