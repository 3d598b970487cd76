using Snowplow.Kql.Binding;
using Snowplow.Kql.Operators.Plugins;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Operators;

/// <summary><c>evaluate</c>: the table of plugins.</summary>
internal static class Evaluate
{
    /// <summary>Names, what they give, and what binds them.</summary>
    public static readonly (string Name, string Summary, Func<PluginCall, PlanNode> Bind)[] All =
    [
        ("bag_unpack", "The properties of a bag as columns.", BagUnpack.Bind),
        ("pivot", "The values of a column as columns, with an aggregate in each cell.", Pivot.Bind),
        ("narrow", "A row for each cell: row, column and value.", Narrow.Bind),
        ("activity_counts_metrics", "Per window: events, users, new users, and users so far.", ActivityCounts.Bind),
        ("sliding_window_counts", "Per bin: events and users of the time that looks back from it.", SlidingWindow.Bind),
        ("rolling_percentile", "Per bin: a percentile of the values of the last bins.", RollingPercentile.Bind),
        ("session_count", "Per bin: sessions that began, of ids not seen for some time before.", SessionCount.Bind),
    ];

    public static PlanNode Bind(EvaluateSyntax syntax, PlanNode input, Binder binder)
    {
        var plugin = Array.Find(All, plugin => plugin.Name == syntax.Plugin.Name);
        if (plugin.Bind is null) throw BindFailure.NotSupported($"the plugin '{syntax.Plugin.Name}'", syntax.Plugin.Span);
        return plugin.Bind(new PluginCall(syntax, input, binder));
    }
}
