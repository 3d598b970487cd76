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
        ("activity_engagement", "Per inner window: its users, those of an outer window that ends with it, and their ratio.", ActivityEngagement.Bind),
        ("activity_metrics", "Per window: users, those who were not in the window before, retention and churn against it.", ActivityMetrics.Bind),
        ("new_activity_metrics", "Per window and later window: users first seen in the one, and how many the other keeps and loses.", NewActivityMetrics.Bind),
        ("active_users_count", "Per bin: users with events in so many periods of the time that looks back from them.", ActiveUsersCount.Bind),
        ("funnel_sequence_completion", "Per bin, period and step: users who went through the steps of a funnel in order.", FunnelCompletion.Bind),
        ("funnel_sequence", "Per window: users by the states before and behind a sequence; three tables.", FunnelSequence.Bind),
        ("sequence_detect", "The times at which conditions held one after the other.", SequenceDetect.Bind),
        ("dcount_intersect", "The number of values that states of hll have in common.", DcountIntersect.Bind),
        ("rows_near", "The rows near those for which a condition is true.", RowsNear.Bind),
        ("ipv4_lookup", "The rows with those of a table whose range of IPv4 addresses they are in.", Ipv4Lookup.Bind),
    ];

    // Plugins of the language that this engine does not have: they are told from names that nobody knows.
    private static readonly HashSet<string> Unsupported = new(
        [
            "ai_chat_completion", "ai_chat_completion_prompt", "ai_embeddings", "ai_embed_text", "autocluster", "azure_digital_twins_query_request", "basket",
            "cosmosdb_sql_request", "diffpatterns", "diffpatterns_text", "http_request", "http_request_post", "infer_storage_schema",
            "infer_storage_schema_with_suggestions", "ipv6_lookup", "mysql_request", "postgresql_request", "preview", "python", "r", "schema_merge",
            "sql_request",
        ],
        StringComparer.Ordinal);

    public static PlanNode Bind(EvaluateSyntax syntax, PlanNode input, Binder binder)
    {
        var plugin = Array.Find(All, plugin => plugin.Name == syntax.Plugin.Name);
        if (plugin.Bind is null)
        {
            throw Unsupported.Contains(syntax.Plugin.Name)
                ? BindFailure.NotSupported($"the plugin '{syntax.Plugin.Name}'", syntax.Plugin.Span)
                : BindFailure.Semantic("SEM0260", $"Unknown plugin: '{syntax.Plugin.Name}'", syntax.Plugin.Span);
        }

        return plugin.Bind(new PluginCall(syntax, input, binder));
    }
}
