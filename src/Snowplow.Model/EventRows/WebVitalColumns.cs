using System.Collections.Immutable;

namespace Snowplow.Model.EventRows;

/// <summary>
/// The columns of <c>web_vitals</c>: the events web_vitals. Key: <c>event_id</c>. Where a view has sent several, the last one
/// holds most.
/// </summary>
/// <remarks>
/// Results are <c>good</c> up to and including the first threshold, <c>needs improvement</c> up to and including the second,
/// <c>poor</c> beyond, <c>not measurable</c> where there is no value. Values are rounded up to 3 decimals before.
/// </remarks>
public static class WebVitalColumns
{
    /// <summary>The columns.</summary>
    public static readonly ImmutableArray<ModelColumn> All = EventRowColumns.Of(
        new("lcp", "real", "seconds: lcp / 1000, rounded up to 3 decimals"),
        new("fcp", "real", "milliseconds, rounded up to 3 decimals"),
        new("fid", "real", "milliseconds, rounded up to 3 decimals"),
        new("cls", "real", "rounded up to 3 decimals"),
        new("inp", "real", "milliseconds, rounded up to 3 decimals"),
        new("ttfb", "real", "milliseconds, rounded up to 3 decimals"),
        new("navigation_type", "string", "navigationType"),
        new("lcp_result", "string", "thresholds 2.5 and 4 s"),
        new("fid_result", "string", "thresholds 100 and 300 ms"),
        new("cls_result", "string", "thresholds 0.1 and 0.25"),
        new("ttfb_result", "string", "thresholds 800 and 1800 ms"),
        new("inp_result", "string", "thresholds 200 and 500 ms"));
}
