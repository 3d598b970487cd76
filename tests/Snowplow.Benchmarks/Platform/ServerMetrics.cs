using System.Globalization;

namespace Snowplow.Benchmarks.Platform;

/// <summary>What the load run reads from <c>/metrics</c>.</summary>
/// <param name="Good">Enriched events landed.</param>
/// <param name="Lag">Raw records not yet landed.</param>
/// <param name="AllocatedBytes">Bytes allocated by the process so far.</param>
internal sealed record ServerMetrics(double Good, double Lag, double AllocatedBytes)
{
    public static ServerMetrics Parse(string text)
    {
        var lines = text.Split('\n');
        return new ServerMetrics(Sum(lines, "snowplow_pipeline_good_total"), Sum(lines, "snowplow_pipeline_lag"), Sum(lines, "dotnet_gc_heap_total_allocated"));
    }

    private static double Sum(string[] lines, string name) => lines
        .Where(line => line.StartsWith(name, StringComparison.Ordinal))
        .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
}
