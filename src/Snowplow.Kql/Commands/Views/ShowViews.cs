namespace Snowplow.Kql.Commands.Views;

/// <summary><c>.show materialized-views</c>.</summary>
internal static class ShowViews
{
    public static readonly CommandForm Form = new(
        "show materialized-views", ".show materialized-views", "All materialized views.", _ => run => ViewRows.Of(run.Options.Now, run.Catalog.MaterializedViews.Values));
}
