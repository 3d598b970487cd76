using Snowplow.Kql.Binding;
using Snowplow.Kql.Data;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Operators;

/// <summary>The table of operators.</summary>
internal static class OperatorBinder
{
    private static readonly PlanNode NoRows = new Scan(new MemoryTable("", [], [], 0));

    /// <summary>The plan of an operator over its input; null for one that stands first.</summary>
    public static PlanNode Bind(OperatorSyntax syntax, PlanNode? input, Binder binder) => (syntax, input) switch
    {
        (PrintSyntax print, _) => Print.Bind(print, binder),
        (RangeSyntax range, _) => Range.Bind(range, binder),
        (DataTableSyntax table, _) => DataTable.Bind(table, binder),
        (ExternalDataSyntax external, _) => ExternalData.Bind(external, binder),
        (UnionSyntax union, _) => Union.Bind(union, input, binder),
        (SearchSyntax search, _) => Search.Bind(search, input, binder),
        (FindSyntax find, null) => Find.Bind(find, binder),
        (FindSyntax, _) => throw BindFailure.Semantic("SEM0115", "'find' stands first: name the tables in find in (…)", syntax.Span),
        (EvaluateSyntax evaluate, _) => Evaluate.Bind(evaluate, input ?? NoRows, binder),
        (UnsupportedSyntax unsupported, _) => throw BindFailure.NotSupported($"the operator '{unsupported.Name}'", unsupported.Span),
        (_, null) => throw BindFailure.Semantic("SEM0101", "Expected a table before this operator", syntax.Span),
        (WhereSyntax where, { } table) => Where.Bind(where, table, binder),
        (ProjectSyntax project, { } table) => Project.Bind(project, table, binder),
        (ExtendSyntax extend, { } table) => Extend.Bind(extend.Items, table, binder),
        (SerializeSyntax serialize, { } table) => new Serialize(Extend.Bind(serialize.Items, new Serialize(table), binder)),
        (ProjectNamesSyntax names, { } table) => ProjectNames.Bind(names, table),
        (ProjectRenameSyntax rename, { } table) => ProjectRename.Bind(rename, table),
        (ProjectReorderSyntax reorder, { } table) => ProjectReorder.Bind(reorder, table),
        (ProjectByNamesSyntax names, { } table) => ProjectByNames.Bind(names, table, binder),
        (SummarizeSyntax summarize, { } table) => Summarize.Bind(summarize, table, binder),
        (DistinctSyntax distinct, { } table) => Distinct.Bind(distinct, table, binder),
        (CountSyntax count, { } table) => Summarize.Count(table, count.Name),
        (TakeSyntax take, { } table) => Take.Bind(take, table, binder),
        (SortSyntax sort, { } table) => Sort.Bind(sort, table, binder),
        (TopSyntax top, { } table) => Top.Bind(top, table, binder),
        (JoinSyntax { IsLookup: false } join, { } table) => Join.Bind(join, table, binder),
        (JoinSyntax lookup, { } table) => Lookup.Bind(lookup, table, binder),
        (MvExpandSyntax expand, { } table) => MvExpand.Bind(expand, table, binder),
        (MvApplySyntax apply, { } table) => MvApply.Bind(apply, table, binder),
        (AsSyntax named, { } table) => As.Bind(named, table, binder),
        (RenderSyntax render, { } table) => Render.Bind(render, table, binder),
        (GetSchemaSyntax, { } table) => GetSchema.Bind(table),
        (ConsumeSyntax, { } table) => new Take(table, 0),
        (MakeSeriesSyntax series, { } table) => MakeSeries.Bind(series, table, binder),
        (ParseSyntax parse, { } table) => Parse.Bind(parse, table, binder),
        (ParseKvSyntax parse, { } table) => ParseKv.Bind(parse, table, binder),
        (ScanSyntax scan, { } table) => ScanSteps.Bind(scan, table, binder),
        (TopNestedSyntax top, { } table) => TopNested.Bind(top, table, binder),
        (TopHittersSyntax top, { } table) => TopHitters.Bind(top, table, binder),
        (SampleSyntax sample, { } table) => Sample.Bind(sample, table, binder),
        (SampleDistinctSyntax sample, { } table) => Sample.Bind(sample, table, binder),
        (PartitionSyntax partition, { } table) => Partition.Bind(partition, table, binder),
        (InvokeSyntax invoke, { } table) => Invoke.Bind(invoke, table, binder),
        (FacetSyntax facet, { } table) => Facet.Bind(facet, table, binder),
        (ForkSyntax fork, { } table) => Fork.Bind(fork, table, binder),
        _ => throw BindFailure.NotSupported("this operator", syntax.Span),
    };
}
