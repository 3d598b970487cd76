using System.Globalization;
using System.Text;

namespace Snowplow.Silo.Metrics;

/// <summary>Writes metrics in Prometheus' text exposition format 0.0.4.</summary>
internal static class PrometheusText
{
    /// <summary>The format's content type.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Writes the instruments by name. Those of one name are one metric.</summary>
    public static string Write(IEnumerable<MetricInstrument> instruments)
    {
        var text = new StringBuilder();
        foreach (var metric in instruments.GroupBy(instrument => instrument.Name).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var first = metric.First();
            if (first.Description.Length > 0)
            {
                text.Append("# HELP ").Append(first.Name).Append(' ');
                AppendEscaped(text, first.Description, isLabel: false);
                text.Append('\n');
            }

            text.Append("# TYPE ").Append(first.Name).Append(' ').Append(first.Kind.PrometheusType()).Append('\n');
            foreach (var instrument in metric)
            {
                foreach (var series in instrument.Series)
                    AppendSeries(text, instrument, series);
            }
        }

        return text.ToString();
    }

    /// <summary>Appends a label's value or a help text: backslashes and line ends are escaped, in labels quotes, too.</summary>
    public static void AppendEscaped(StringBuilder text, string value, bool isLabel)
    {
        foreach (var c in value)
        {
            _ = c switch
            {
                '\\' => text.Append(@"\\"),
                '\n' => text.Append(@"\n"),
                '"' when isLabel => text.Append("\\\""),
                _ => text.Append(c),
            };
        }
    }

    private static void AppendSeries(StringBuilder text, MetricInstrument instrument, MetricSeries series)
    {
        if (instrument.Kind != InstrumentKind.Histogram)
        {
            AppendSample(text, instrument.Name, series.Labels, series.Value);
            return;
        }

        var counts = series.Buckets();
        var total = 0L;
        for (var i = 0; i < counts.Length; i++)
        {
            total += counts[i];
            var bound = i < instrument.BucketBounds.Length ? instrument.BucketBounds[i] : double.PositiveInfinity;
            var labels = $"{series.Labels}{(series.Labels.Length == 0 ? "" : ",")}le=\"{Number(bound)}\"";
            AppendSample(text, instrument.Name + "_bucket", labels, total);
        }

        AppendSample(text, instrument.Name + "_sum", series.Labels, series.Value);
        AppendSample(text, instrument.Name + "_count", series.Labels, total);
    }

    private static void AppendSample(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
            text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString(CultureInfo.InvariantCulture),
    };
}
