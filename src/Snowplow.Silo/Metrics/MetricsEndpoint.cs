namespace Snowplow.Silo.Metrics;

/// <summary>Hosts what is measured: <c>/metrics</c> for Prometheus, and OTLP where a receiver is configured.</summary>
internal static class MetricsEndpoint
{
    /// <summary>
    /// Collects from now on. With <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> (or <c>…_METRICS_ENDPOINT</c>) in the environment,
    /// also exports by OTLP, as OpenTelemetry's variables say.
    /// </summary>
    public static void AddSnowplowTelemetry(this IServiceCollection services)
    {
        var collector = new MetricsCollector(ExportedInstruments.Contains);
        services.AddSingleton(_ => collector);
        if (!OtlpExport.IsWanted)
            return;
        var export = new OtlpExport();
        services.AddHostedService(_ => export);
    }

    /// <summary>Maps <c>GET</c> and <c>HEAD /metrics</c>.</summary>
    public static void MapSnowplowMetrics(this WebApplication app) =>
        app.MapMethods("/metrics", [HttpMethods.Get, HttpMethods.Head], (MetricsCollector collector) => Results.Text(collector.Collect(), PrometheusText.ContentType)).ExcludeFromDescription();
}
