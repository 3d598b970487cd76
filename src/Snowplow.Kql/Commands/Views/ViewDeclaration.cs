using Snowplow.Kql.Binding;
using Snowplow.Kql.Commands.Core;
using Snowplow.Kql.Commands.Functions;
using Snowplow.Kql.Schema;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Commands.Views;

/// <summary>A materialized view as the commands that make one have it.</summary>
internal sealed record ViewDeclaration(Token Name, Token Source, StoredFunction Query)
{
    private static readonly string[] Known =
        ["docString", "folder", "lookback", "lookback_column", "backfill", "effectiveDateTime", "updateExtentsCreationTime", "autoUpdateSchema", "dimensionTables", "dimensionMaterializedViews", "skipvalidation", "Concurrency", "MaxSourceRecordsForSingleIngest"];

    public static ViewDeclaration Read(CommandReader reader)
    {
        var properties = reader.Properties(Known);
        var name = reader.Name("the name of a materialized view");
        reader.Word("on");
        reader.Word("table", "materialized-view");
        var source = reader.Name("the name of a table");
        return new ViewDeclaration(name, source, reader.Query(name)(properties));
    }

    /// <summary>Puts the view into the catalog.</summary>
    /// <exception cref="BindFailure">Its query makes no sense, or is none that Data Explorer could keep up to date.</exception>
    public ResultTable Put(CommandRun run)
    {
        if (!run.Database.Tables.ContainsKey(Source.Text) && !run.Catalog.MaterializedViews.ContainsKey(Source.Text)) throw BindFailure.Unresolved("table", Source.Text, Source.Span);
        if (run.Database.Tables.ContainsKey(Name.Text)) throw BindFailure.Semantic("SEM0305", $"There is a table '{Name.Text}': a view must have another name", Name.Span);
        if (Query.Syntax.Body is not [QuerySyntax { Expression: PipeSyntax { Operators: [.., SummarizeSyntax] } pipe }] || pipe.Operators.OfType<SummarizeSyntax>().Count() != 1)
            throw BindFailure.Semantic("SEM0304", "The query of a materialized view must be one statement whose last operator is its only summarize", Query.Syntax.Span);
        var view = new MaterializedView(Source.Text, Query);
        if (run.IsValidating) FunctionCheck.Bind(run, Query);
        run.Change(run.Catalog with { MaterializedViews = run.Catalog.MaterializedViews.SetItem(view.Name, view) });
        return ViewRows.Of(run.Options.Now, view);
    }
}
