using Snowplow.Kql.Binding;
using Snowplow.Kql.Commands.Core;
using Snowplow.Kql.Schema;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Commands.Policies;

/// <summary><c>T policy retention</c>: what a command of policies is about.</summary>
internal sealed record PolicyTarget(string EntityType, IReadOnlyList<Token> Entities, PolicyKind Policy)
{
    /// <summary>The things that have policies.</summary>
    public static readonly string[] EntityTypes = ["table", "database", "materialized-view"];

    public static PolicyTarget Read(CommandReader reader, string entityType)
    {
        var names = reader.Names($"the name of a {entityType}");
        reader.Word("policy");
        return new PolicyTarget(entityType, names, PolicyKind.Read(reader));
    }

    /// <summary>The keys of the policy, whose entities must be there.</summary>
    public IReadOnlyList<PolicyKey> Keys(CommandRun run) => [.. Entities.Select(name =>
    {
        var isThere = EntityType switch
        {
            "table" => run.Database.Tables.ContainsKey(name.Text),
            "database" => run.Database.Name == name.Text,
            _ => run.Catalog.MaterializedViews.ContainsKey(name.Text),
        };
        return isThere ? new PolicyKey(EntityType, name.Text, Policy.Name) : throw BindFailure.Unresolved(EntityType, name.Text, name.Span);
    })];
}
