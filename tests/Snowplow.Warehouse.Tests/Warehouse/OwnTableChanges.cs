using Snowplow.Kql.Data;
using Snowplow.Warehouse.Store;

namespace Snowplow.Warehouse.Tests.Warehouse;

internal static class OwnTableChanges
{
    /// <summary>Puts rows into a table.</summary>
    public static Task PutAsync(this OwnTables own, MemoryTable rows, bool replaces) => own.ChangeAsync([new OwnChange(rows.Name, rows, replaces)], null, default);
}
