using Snowplow.Kql.Commands.Core;
using Snowplow.Kql.Data;

namespace Snowplow.Kql.Commands.Policies;

/// <summary><c>.alter … policy</c> and <c>.alter-merge … policy</c>.</summary>
internal static class AlterPolicy
{
    public static readonly CommandForm[] Forms = [.. PolicyTarget.EntityTypes.SelectMany(type => new[]
    {
        new CommandForm(
            $"alter {type} * policy",
            $".alter {type} N policy retention|caching|update|… '{{json}}'",
            $"Sets a policy of a {type}. It is kept and shown; the embedded engine has no use for it.",
            reader => Read(reader, type, isMerged: false)),
        new CommandForm(
            $"alter-merge {type} * policy",
            $".alter-merge {type} N policy retention softdelete = 30d|'{{json}}'",
            $"Sets parts of a policy of a {type}.",
            reader => Read(reader, type, isMerged: true)),
    })];

    private static CommandAction Read(CommandReader reader, string entityType, bool isMerged)
    {
        var target = PolicyTarget.Read(reader, entityType);
        var value = target.Policy.ReadValue(reader);
        return run =>
        {
            var keys = target.Keys(run);
            foreach (var key in keys)
            {
                var policy = isMerged && run.Catalog.Policies.TryGetValue(key, out var known) ? Merged(known, value) : value;
                run.Change(run.Catalog with { Policies = run.Catalog.Policies.SetItem(key, PolicyKind.Text(policy)) });
            }

            return PolicyRows.Of(run, target.Policy, keys);
        };
    }

    private static Bag Merged(string known, Bag value)
    {
        if (!DynamicJson.TryParse(System.Text.Encoding.UTF8.GetBytes(known), out var parsed) || parsed is not Bag merged) return value;
        foreach (var (name, property) in value) merged[name] = property;
        return merged;
    }
}
