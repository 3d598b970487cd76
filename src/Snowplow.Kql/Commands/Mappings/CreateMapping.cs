using Snowplow.Kql.Binding;
using Snowplow.Kql.Commands.Core;

namespace Snowplow.Kql.Commands.Mappings;

/// <summary><c>.create table … ingestion … mapping</c>.</summary>
internal static class CreateMapping
{
    public static readonly CommandForm Form = new(
        "create table * ingestion",
        ".create table T ingestion csv|json|… mapping 'name' '[…]'",
        "Says how data becomes rows of a table; there must be no mapping of that name yet.",
        Read);

    private static CommandAction Read(CommandReader reader)
    {
        var declared = CreateOrAlterMapping.Read(reader);
        return run => declared.Name.In(run.Table(declared.Name.Table)) is null
            ? declared.Put(run)
            : throw BindFailure.Semantic("SEM0303", $"There is a mapping '{declared.Name.Name}': use .create-or-alter", declared.Name.Span);
    }
}
