using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Snowplow.Silo.Metrics;

/// <summary>Hosts what is measured: <c>/metrics</c> for Prometheus, and OTLP where a receiver is configured.</summary>
internal static class MetricsEndpoint
{
    private static readonly string[] Meters = ["Snowplow.", "System.Runtime", "Microsoft.AspNetCore.Server.Kestrel"];

    /// <summary>
    /// Collects from now on. With <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> (or <c>…_METRICS_ENDPOINT</c>) in the environment,
    /// also exports by OTLP, as OpenTelemetry's variables say.
    /// </summary>
    public static void AddSnowplowTelemetry(this IServiceCollection services)
    {
        var collector = new MetricsCollector(Meters);
        services.AddSingleton(_ => collector);
        if (Configured("OTEL_EXPORTER_OTLP_ENDPOINT") || Configured("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"))
            services.AddHostedService<OtlpExport>();
    }

    /// <summary>Maps <c>GET</c> and <c>HEAD /metrics</c>.</summary>
    public static void MapSnowplowMetrics(this WebApplication app) =>
        app.MapMethods("/metrics", [HttpMethods.Get, HttpMethods.Head], (MetricsCollector collector) => Results.Text(collector.Collect(), PrometheusText.ContentType)).ExcludeFromDescription();

    private static bool Configured(string variable) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));

    private sealed class OtlpExport : IHostedService
    {
        private MeterProvider? _provider;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            _provider = Sdk.CreateMeterProviderBuilder().AddMeter("Snowplow.*", "System.Runtime", "Microsoft.Orleans").AddOtlpExporter().Build();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            _provider?.Dispose();
            return Task.CompletedTask;
        }
    }
}
