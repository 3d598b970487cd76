using System.Text;

namespace Snowplow.Silo.Metrics;

/// <summary>
/// Names of metrics in Prometheus' form, by the rules of OpenTelemetry's "Prometheus and OpenMetrics Compatibility":
/// letters, digits and underscores, the unit in words, and <c>_total</c> on counters.
/// </summary>
internal static class PrometheusName
{
    /// <summary>The metric name of an instrument, e.g. <c>snowplow_collector_events_total</c>.</summary>
    public static string Metric(string name, string? unit, InstrumentKind kind)
    {
        var text = new StringBuilder(Label(name));
        var word = UnitWord(unit, kind);
        if (word.Length > 0 && !EndsWithWord(text.ToString(), word))
            text.Append('_').Append(word);
        if (kind is InstrumentKind.Counter or InstrumentKind.ObservableCounter && !EndsWithWord(text.ToString(), "total"))
            text.Append("_total");
        return text.ToString();
    }

    /// <summary>The label name of a tag: every other character becomes an underscore, and none begins with a digit.</summary>
    public static string Label(string name)
    {
        var text = new StringBuilder(name.Length + 1);
        foreach (var c in name)
        {
            var isValid = char.IsAsciiLetterOrDigit(c) || c == '_';
            if (isValid || text.Length == 0 || text[^1] != '_')
                text.Append(isValid ? c : '_');
        }

        if (text.Length == 0 || char.IsAsciiDigit(text[0]))
            text.Insert(0, '_');
        return text.ToString();
    }

    private static bool EndsWithWord(string name, string word) => name == word || name.EndsWith("_" + word, StringComparison.Ordinal);

    private static string UnitWord(string? unit, InstrumentKind kind) => unit switch
    {
        null or "" => "",
        _ when unit.StartsWith('{') => "",
        "s" => "seconds",
        "ms" => "milliseconds",
        "us" => "microseconds",
        "ns" => "nanoseconds",
        "By" => "bytes",
        "KiBy" => "kibibytes",
        "MiBy" => "mebibytes",
        "%" => "percent",
        "1" => kind == InstrumentKind.Gauge ? "ratio" : "",
        _ => Label(unit),
    };
}
