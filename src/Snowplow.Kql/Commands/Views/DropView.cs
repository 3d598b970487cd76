using Snowplow.Kql.Binding;
using Snowplow.Kql.Commands.Core;

namespace Snowplow.Kql.Commands.Views;

/// <summary><c>.drop materialized-view</c>.</summary>
internal static class DropView
{
    public static readonly CommandForm Form = new("drop materialized-view *", ".drop materialized-view V [ifexists]", "Removes a view.", Read);

    private static CommandAction Read(CommandReader reader)
    {
        var name = reader.Name("the name of a materialized view");
        var mayLack = reader.TryWord("ifexists");
        return run =>
        {
            if (!mayLack && !run.Catalog.MaterializedViews.ContainsKey(name.Text)) throw BindFailure.Unresolved("materialized view", name.Text, name.Span);
            run.Change(run.Catalog with { MaterializedViews = run.Catalog.MaterializedViews.Remove(name.Text) });
            return ViewRows.Of(run.Options.Now, run.Catalog.MaterializedViews.Values);
        };
    }
}
