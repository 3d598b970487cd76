using System.Diagnostics.Metrics;
using Snowplow.Events.BadRows;

namespace Snowplow.Enrich;

/// <summary>Counters of enrichment, in the meter <see cref="MeterName"/>.</summary>
public static class EnrichMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Snowplow.Enrich";

    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long> GoodEvents = Meter.CreateCounter<long>(
        "snowplow.enrich.good", "{event}", "Events that were enriched.");

    private static readonly Counter<long> BadRows = Meter.CreateCounter<long>(
        "snowplow.enrich.bad", "{row}", "Bad rows, by the name of their schema (tag type).");

    private static readonly Counter<long> DroppedEvents = Meter.CreateCounter<long>(
        "snowplow.enrich.dropped", "{event}", "Events that a script of the JavaScript enrichment dropped.");

    private static readonly Counter<long> Exceptions = Meter.CreateCounter<long>(
        "snowplow.enrich.exceptions", "{event}", "Events that became generic_error bad rows because the program failed on them: bugs.");

    private static readonly Counter<long> AssetFailures = Meter.CreateCounter<long>(
        "snowplow.enrich.asset.failures", "{failure}", "Files of enrichments that could not be loaded again; the old content goes on (tags asset, exception).");

    private static readonly Counter<long> InvalidEvents = Meter.CreateCounter<long>(
        "snowplow.enrich.invalid_enriched", "{event}", "Good events that hold a text beyond its field's limit, as the configuration allows.");

    private static readonly Counter<long> FailedEvents = Meter.CreateCounter<long>(
        "snowplow.enrich.failed", "{event}", "Bad events whose valid part was written as a failed event.");

    private static readonly Counter<long> FailedEventsLeftOut = Meter.CreateCounter<long>(
        "snowplow.enrich.failed.left_out", "{event}",
        "Bad events that could not be failed events too (tag reason): too_large, or incomplete without a collector's time and name.");

    internal static void Good(int count) => GoodEvents.Add(count);

    internal static void Dropped(int count)
    {
        if (count > 0) DroppedEvents.Add(count);
    }

    internal static void Bad(BadRowType type) => BadRows.Add(1, new KeyValuePair<string, object?>("type", type.Name));

    internal static void InvalidAccepted() => InvalidEvents.Add(1);

    internal static void Failed(int count)
    {
        if (count > 0) FailedEvents.Add(count);
    }

    internal static void FailedLeftOut(string reason) => FailedEventsLeftOut.Add(1, new KeyValuePair<string, object?>("reason", reason));

    internal static void AssetFailed(string path, Exception exception) => AssetFailures.Add(
        1, new KeyValuePair<string, object?>("asset", Path.GetFileName(path)), new KeyValuePair<string, object?>("exception", exception.GetType().FullName));

    internal static void Exception(Exception exception) =>
        Exceptions.Add(1, new KeyValuePair<string, object?>("exception", exception.GetType().FullName));
}
