using System.Diagnostics.Metrics;

namespace Snowplow.Azure.DataExplorer;

/// <summary>What the loader counts and measures.</summary>
internal static class DataExplorerMetrics
{
    private static readonly Meter Meter = new("Snowplow.DataExplorer");
    private static readonly Counter<long> Batches = Meter.CreateCounter<long>("snowplow.data_explorer.batches", "{batch}", "Batches loaded.");
    private static readonly Counter<long> Files = Meter.CreateCounter<long>("snowplow.data_explorer.files", "{file}", "Files loaded.");
    private static readonly Counter<long> Failures = Meter.CreateCounter<long>("snowplow.data_explorer.failures", "{failure}", "Commands that failed and are tried again: alarm when they go on.");
    private static readonly Counter<long> StreamedEvents = Meter.CreateCounter<long>("snowplow.data_explorer.streamed", "{event}", "Events streamed into events_recent.");
    private static readonly Counter<long> LeftOut = Meter.CreateCounter<long>("snowplow.data_explorer.not_streamed", "{event}", "Events that events_recent is without: queries see them after the next load.");
    private static long _waiting;
    private static long _aside;
    private static int _isFailing;

    static DataExplorerMetrics()
    {
        Meter.CreateObservableGauge("snowplow.data_explorer.waiting", () => Volatile.Read(ref _waiting), "{unit}", "Ranges of partitions that wait to be loaded, as the silo that loads last saw it.");
        Meter.CreateObservableGauge("snowplow.data_explorer.set_aside", () => Volatile.Read(ref _aside), "{file}", "Files that Data Explorer refuses for good, as the silo that loads last saw it: alarm when there are any.");
        Meter.CreateObservableGauge("snowplow.data_explorer.problem", () => Volatile.Read(ref _isFailing), "1", "1 while loads fail: alarm when it stays.");
    }

    public static void Loaded(LoadBatch batch)
    {
        Batches.Add(1);
        Files.Add(batch.Files.Count);
        Volatile.Write(ref _isFailing, 0);
    }

    public static void Failed()
    {
        Failures.Add(1);
        Volatile.Write(ref _isFailing, 1);
    }

    public static void Streamed(int events) => StreamedEvents.Add(events);

    public static void NotStreamed(int events) => LeftOut.Add(events);

    public static void IsSetAside(long files) => Volatile.Write(ref _aside, files);

    public static void Waits(long units) => Volatile.Write(ref _waiting, units);
}
