using Snowplow.Kql.Commands.Core;

namespace Snowplow.Kql.Commands.Policies;

/// <summary><c>.delete … policy</c>.</summary>
internal static class DeletePolicy
{
    public static readonly CommandForm[] Forms =
        [.. PolicyTarget.EntityTypes.Select(type => new CommandForm($"delete {type} * policy", $".delete {type} N policy retention|…", $"Removes a policy of a {type}.", reader => Read(reader, type)))];

    private static CommandAction Read(CommandReader reader, string entityType)
    {
        var target = PolicyTarget.Read(reader, entityType);
        return run =>
        {
            var keys = target.Keys(run);
            run.Change(run.Catalog with { Policies = run.Catalog.Policies.RemoveRange(keys) });
            return PolicyRows.Of(run, target.Policy, keys);
        };
    }
}
