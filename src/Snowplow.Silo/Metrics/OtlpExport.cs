using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using Snowplow.Silo.CommandLine;

namespace Snowplow.Silo.Metrics;

/// <summary>
/// Sends what <see cref="ExportedInstruments"/> measure by OTLP, as OpenTelemetry's variables say. A receiver that is away costs a request now
/// and then, on a thread of the exporter's own; nobody waits for it, and it is not logged.
/// </summary>
internal sealed class OtlpExport : IHostedService, IDisposable
{
    // From its construction on, not from the start of the services: counters that go up and down are right only from their first step on.
    private readonly MeterProvider _provider = Sdk.CreateMeterProviderBuilder()
        .ConfigureResource(Describe)
        .AddMeter("*")
        .AddView(ViewOf)
        .AddOtlpExporter()
        .Build();

    /// <summary>Whether the environment names a receiver.</summary>
    public static bool IsWanted => IsSet("OTEL_EXPORTER_OTLP_ENDPOINT") || IsSet("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT");

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        // Sends what was measured last; where nobody takes it, not for more than five seconds.
        _provider.Dispose();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose() => _provider.Dispose();

    // What the environment says (OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES) comes last, and so counts. An instance is named so that a pod
    // keeps its series when its container is started again, and two servers of one machine do not mix theirs.
    private static void Describe(ResourceBuilder resource) => resource
        .AddService("snowplow", serviceVersion: VersionCommand.ShortVersion, serviceInstanceId: $"{Environment.MachineName}:{Environment.ProcessId}")
        .AddEnvironmentVariableDetector();

    private static MetricStreamConfiguration? ViewOf(System.Diagnostics.Metrics.Instrument instrument)
    {
        if (!ExportedInstruments.Contains(instrument))
            return MetricStreamConfiguration.Drop;
        return InstrumentKinds.Of(instrument) == InstrumentKind.Histogram
            ? new ExplicitBucketHistogramConfiguration { Boundaries = HistogramBounds.Of(instrument) }
            : null;
    }

    private static bool IsSet(string variable) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));
}
