using Snowplow.Kql.Binding;
using Snowplow.Kql.Commands.Core;

namespace Snowplow.Kql.Commands.Views;

/// <summary><c>.show materialized-view</c>.</summary>
internal static class ShowView
{
    public static readonly CommandForm Form = new("show materialized-view *", ".show materialized-view V", "A materialized view.", Read);

    private static CommandAction Read(CommandReader reader)
    {
        var name = reader.Name("the name of a materialized view");
        return run => ViewRows.Of(run.Options.Now, run.Catalog.MaterializedViews.GetValueOrDefault(name.Text) ?? throw BindFailure.Unresolved("materialized view", name.Text, name.Span));
    }
}
