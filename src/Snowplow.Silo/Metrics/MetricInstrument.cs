using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Snowplow.Silo.Metrics;

/// <summary>One instrument and its series, one per set of tags. Safe from several threads.</summary>
internal sealed class MetricInstrument
{
    /// <summary>Most sets of tags; further ones are counted together, so that a tag gone wild costs no memory.</summary>
    public const int MostSeries = 1000;

    private readonly Lock _adding = new();
    private readonly double[] _bounds;
    private volatile Entry[] _entries = [];

    public MetricInstrument(Instrument instrument)
    {
        Kind = InstrumentKinds.Of(instrument);
        Name = PrometheusName.Metric(instrument.Name, instrument.Unit, Kind);
        Description = instrument.Description ?? "";
        IsObservable = instrument.IsObservable;
        _bounds = Kind == InstrumentKind.Histogram ? HistogramBounds.Of(instrument) : [];
    }

    /// <summary>How the measurements add up.</summary>
    public InstrumentKind Kind { get; }

    /// <summary>The metric's name in Prometheus' form.</summary>
    public string Name { get; }

    /// <summary>What it measures; may be empty.</summary>
    public string Description { get; }

    /// <summary>True when it is asked for its values at each collection.</summary>
    public bool IsObservable { get; }

    /// <summary>Upper bounds of the buckets of a histogram.</summary>
    public ReadOnlySpan<double> BucketBounds => _bounds;

    /// <summary>The series, in the order in which they were met.</summary>
    public IEnumerable<MetricSeries> Series => _entries.Select(entry => entry.Series).Distinct();

    /// <summary>Takes a measurement.</summary>
    public void Record(double measurement, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var series = Find(_entries, tags) ?? Create(tags);
        switch (Kind)
        {
            case InstrumentKind.Histogram:
                series.Observe(measurement);
                break;
            case InstrumentKind.Counter:
            case InstrumentKind.UpDownCounter:
                series.Add(measurement);
                break;
            default:
                series.Set(measurement);
                break;
        }
    }

    /// <summary>Forgets the series, before an observable instrument is asked again: those that are gone must not stay.</summary>
    public void Clear() => _entries = [];

    private static MetricSeries? Find(Entry[] entries, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        // Instruments have few sets of tags, and callers name them in one order: a scan beats hashing.
        foreach (var entry in entries)
        {
            if (Matches(entry.Tags, tags))
                return entry.Series;
        }

        return null;
    }

    private static bool Matches(KeyValuePair<string, object?>[] known, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (known.Length != tags.Length)
            return false;
        for (var i = 0; i < known.Length; i++)
        {
            if (known[i].Key != tags[i].Key || !Equals(known[i].Value, tags[i].Value))
                return false;
        }

        return true;
    }

    private MetricSeries Create(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_adding)
        {
            var entries = _entries;
            if (Find(entries, tags) is { } found)
                return found;
            var isFull = entries.Length >= MostSeries;
            var labels = isFull ? "overflow=\"true\"" : Labels(tags);
            var series = Array.Find(entries, entry => entry.Series.Labels == labels)?.Series ?? new MetricSeries(labels, _bounds);
            if (entries.Length <= MostSeries)
                _entries = [.. entries, new Entry(isFull ? [new("overflow", true)] : tags.ToArray(), series)];
            return series;
        }
    }

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var sorted = tags.ToArray();
        Array.Sort(sorted, (left, right) => string.CompareOrdinal(left.Key, right.Key));
        var text = new StringBuilder();
        foreach (var (name, value) in sorted)
        {
            text.Append(text.Length == 0 ? "" : ",").Append(PrometheusName.Label(name)).Append("=\"");
            PrometheusText.AppendEscaped(text, Convert.ToString(value, CultureInfo.InvariantCulture) ?? "", isLabel: true);
            text.Append('"');
        }

        return text.ToString();
    }

    private sealed record Entry(KeyValuePair<string, object?>[] Tags, MetricSeries Series);
}
