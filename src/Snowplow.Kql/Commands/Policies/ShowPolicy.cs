using Snowplow.Kql.Commands.Core;
using Snowplow.Kql.Schema;

namespace Snowplow.Kql.Commands.Policies;

/// <summary><c>.show … policy</c>.</summary>
internal static class ShowPolicy
{
    public static readonly CommandForm[] Forms =
    [
        .. PolicyTarget.EntityTypes.Select(type => new CommandForm($"show {type} * policy", $".show {type} N policy retention|…", $"A policy of a {type}.", reader => Read(reader, type))),
    ];

    private static CommandAction Read(CommandReader reader, string entityType)
    {
        if (!reader.Parser.TryTake("*"))
        {
            var target = PolicyTarget.Read(reader, entityType);
            return run => PolicyRows.Of(run, target.Policy, target.Keys(run));
        }

        reader.Word("policy");
        var kind = PolicyKind.Read(reader);
        return run => PolicyRows.Of(run, kind, Names(run, entityType).Order(StringComparer.Ordinal).Select(name => new PolicyKey(entityType, name, kind.Name)));
    }

    private static IEnumerable<string> Names(CommandRun run, string entityType) => entityType switch
    {
        "table" => run.Database.Tables.Keys,
        "database" => [run.Database.Name],
        _ => run.Catalog.MaterializedViews.Keys,
    };
}
