using System.Diagnostics.Metrics;

namespace Snowplow.Silo.Kusto;

/// <summary>The meter <c>Snowplow.Query</c>.</summary>
internal sealed class QueryMetrics
{
    private readonly Histogram<double> _duration;

    public QueryMetrics(IMeterFactory meters) => _duration = meters.Create("Snowplow.Query").CreateHistogram<double>(
        "snowplow.query.duration", "s", "Time that queries and commands waited and ran, by outcome: ok, or the error's code");

    /// <summary>A query that has ended.</summary>
    public void Ended(TimeSpan took, KustoError? error) => _duration.Record(took.TotalSeconds, new KeyValuePair<string, object?>("outcome", error?.Code ?? "ok"));
}
