using Snowplow.Kql.Commands.Core;
using Snowplow.Kql.Data;
using Snowplow.Kql.Schema;

namespace Snowplow.Kql.Commands.Views;

/// <summary>Answers that tell of materialized views. Nothing is kept of them here, so that they are up to date at any time.</summary>
internal static class ViewRows
{
    private static readonly (string, KqlType)[] Columns =
    [
        ("Name", KqlType.String), ("SourceTable", KqlType.String), ("Query", KqlType.String), ("MaterializedTo", KqlType.DateTime), ("LastRun", KqlType.DateTime),
        ("LastRunResult", KqlType.String), ("IsHealthy", KqlType.Bool), ("IsEnabled", KqlType.Bool), ("Folder", KqlType.String), ("DocString", KqlType.String),
        ("AutoUpdateSchema", KqlType.Bool), ("EffectiveDateTime", KqlType.DateTime), ("Lookback", KqlType.TimeSpan), ("LookbackColumn", KqlType.String),
    ];

    public static ResultTable Of(DateTime now, params IEnumerable<MaterializedView> views) => CommandRows.Of(Columns, views.Select(view => new object?[]
    {
        view.Name, view.SourceTable, view.Query.Body[1..^1].Trim(), now, now, "Completed", true, true, view.Query.Folder, view.Query.DocString, false, now, null, "",
    }));
}
