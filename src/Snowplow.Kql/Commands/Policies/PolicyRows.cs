using Snowplow.Kql.Commands.Core;
using Snowplow.Kql.Schema;

namespace Snowplow.Kql.Commands.Policies;

/// <summary>Answers that tell of policies.</summary>
internal static class PolicyRows
{
    public static ResultTable Of(CommandRun run, PolicyKind kind, IEnumerable<PolicyKey> keys) => CommandRows.OfTexts(
        ["PolicyName", "EntityName", "Policy", "ChildEntities", "EntityType"],
        keys.Select(key => new object?[]
        {
            kind.KustoName,
            key.EntityType == "database" ? $"[{key.Entity}]" : $"[{run.Database.Name}].[{key.Entity}]",
            run.Catalog.Policies.GetValueOrDefault(key, "null"),
            "",
            key.EntityType switch { "table" => "Table", "database" => "Database", _ => "MaterializedView" },
        }));
}
