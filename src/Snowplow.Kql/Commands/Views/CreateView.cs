using Snowplow.Kql.Binding;
using Snowplow.Kql.Commands.Core;

namespace Snowplow.Kql.Commands.Views;

/// <summary><c>.create materialized-view</c>.</summary>
internal static class CreateView
{
    public static readonly CommandForm Form = new(
        "create materialized-view",
        ".create materialized-view [ifnotexists] [with (docString = '…', folder = '…')] V on table T { T | summarize … }",
        "Makes a view, which must not be there yet. It is computed when it is asked.",
        Read);

    public static readonly CommandForm AsyncForm = new(
        "create async materialized-view",
        ".create async materialized-view [with (backfill = true)] V on table T { T | summarize … }",
        "The same; there is nothing to wait for.",
        Read);

    private static CommandAction Read(CommandReader reader)
    {
        var mayBeThere = reader.TryWord("ifnotexists");
        var declared = ViewDeclaration.Read(reader);
        return run =>
        {
            if (!run.Catalog.MaterializedViews.TryGetValue(declared.Name.Text, out var known)) return declared.Put(run);
            return mayBeThere ? ViewRows.Of(run.Options.Now, known) : throw BindFailure.Semantic("SEM0303", $"There is a materialized view '{known.Name}': use .create-or-alter materialized-view", declared.Name.Span);
        };
    }
}
