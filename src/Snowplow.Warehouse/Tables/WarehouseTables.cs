using System.Collections.Immutable;
using Snowplow.Events.Enriched;
using Snowplow.Kql.Data;
using Snowplow.Model;
using Snowplow.Warehouse.Hot;

namespace Snowplow.Warehouse.Tables;

/// <summary>The tables that are made from the files that land: the events, the bad rows and those of the models.</summary>
public static class WarehouseTables
{
    /// <summary>The enriched events, each once: of several copies the one collected first.</summary>
    public const string Events = "events";

    /// <summary>The bad rows.</summary>
    public const string BadRows = "bad_rows";

    /// <summary>The table of what was forgotten.</summary>
    internal const string Forgotten = "forgotten";

    /// <summary>All of them.</summary>
    public static ImmutableArray<WarehouseTable> All { get; } = [EventsTable(), BadRowTable(), .. ModelTables.All.Select(Of)];

    // Behind the columns of the event are the keys of the user and of the session where they do not follow from domain_userid and domain_sessionid.
    private static WarehouseTable EventsTable()
    {
        return new WarehouseTable(Events, [.. EventTable.Columns, ("user_key", KqlType.String), ("session_key", KqlType.String)])
        {
            VisibleColumns = EventFields.Count,
            Key = [(int)EventField.EventId],
            Order = ((int)EventField.CollectorTstamp, (int)EventField.CollectorTstamp),
            LeastCounts = true,
            Forget = ForgetRule.EventsOfEither,
            Person = (EventFields.Count, EventFields.Count + 1),
            RetainedBy = (int)EventField.CollectorTstamp,
        };
    }

    private static WarehouseTable BadRowTable() =>
        new(BadRows, [("schema", KqlType.String), ("data", KqlType.Dynamic), ("collector_hour", KqlType.DateTime)]) { VisibleColumns = 2, RetainedBy = 2 };

    private static WarehouseTable Of(ModelTable model)
    {
        var table = new WarehouseTable(model.Name, [.. model.Columns.Select(column => (column.Name, TypeOf(column)))]);
        var rule = model.Name switch
        {
            "sessions" or "views" => ForgetRule.VersionsOfSession,
            "users" or "user_mapping" or "consent_users" => ForgetRule.VersionsOfUser,
            _ => model.IsVersioned ? ForgetRule.None : ForgetRule.EventsOfHolder,
        };
        return table with
        {
            Key = [.. model.Key.Select(table.PlaceOf)],
            Order = model.IsVersioned ? (table.PlaceOf("model_generation"), table.PlaceOf("revision")) : (table.PlaceOf("derived_tstamp"), table.PlaceOf("collector_tstamp")),
            LeastCounts = !model.IsVersioned,
            HiddenWhere = model.Name == "sessions" ? table.PlaceOf("merged_into") : -1,
            Forget = rule,
            Person = rule switch
            {
                ForgetRule.None => (-1, -1),
                ForgetRule.VersionsOfSession => (-1, table.PlaceOf("session_key")),
                ForgetRule.VersionsOfUser => (table.PlaceOf("user_key"), -1),
                _ => (table.PlaceOf("user_key"), table.PlaceOf("session_key")),
            },
            RetainedBy = model.IsVersioned ? -1 : table.PlaceOf("collector_tstamp"),
        };
    }

    private static KqlType TypeOf(ModelColumn column) =>
        KqlTypes.TryParse(column.Type, out var type) ? type : throw new InvalidOperationException($"{column.Type} is no type of KQL.");
}
