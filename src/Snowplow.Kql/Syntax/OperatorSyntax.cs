using Snowplow.Kql.Data;

namespace Snowplow.Kql.Syntax;

/// <summary>A tabular operator with its arguments.</summary>
internal abstract record OperatorSyntax(TextSpan Span);

/// <summary>A column that is declared: <c>name:type</c>.</summary>
internal sealed record ColumnDeclaration(TextSpan Span, string Name, KqlType Type, ExpressionSyntax? Default = null);

/// <summary>A parameter of an operator: <c>kind=inner</c>, <c>hint.strategy=shuffle</c>.</summary>
internal sealed record OperatorParameter(TextSpan Span, string Name, ExpressionSyntax Value);

internal sealed record WhereSyntax(TextSpan Span, ExpressionSyntax Predicate) : OperatorSyntax(Span);

internal sealed record ProjectSyntax(TextSpan Span, IReadOnlyList<ExpressionSyntax> Items) : OperatorSyntax(Span);

internal sealed record ExtendSyntax(TextSpan Span, IReadOnlyList<ExpressionSyntax> Items) : OperatorSyntax(Span);

/// <summary>serialize, with what it extends by.</summary>
internal sealed record SerializeSyntax(TextSpan Span, IReadOnlyList<ExpressionSyntax> Items) : OperatorSyntax(Span);

/// <summary>project-away, project-keep.</summary>
internal sealed record ProjectNamesSyntax(TextSpan Span, bool IsKept, IReadOnlyList<ExpressionSyntax> Items) : OperatorSyntax(Span);

internal sealed record ProjectRenameSyntax(TextSpan Span, IReadOnlyList<ExpressionSyntax> Items) : OperatorSyntax(Span);

internal sealed record ProjectReorderSyntax(TextSpan Span, IReadOnlyList<OrderedSyntax> Items) : OperatorSyntax(Span);

internal sealed record ProjectByNamesSyntax(TextSpan Span, IReadOnlyList<ExpressionSyntax> Items) : OperatorSyntax(Span);

internal sealed record SummarizeSyntax(TextSpan Span, IReadOnlyList<ExpressionSyntax> Aggregates, IReadOnlyList<ExpressionSyntax>? By) : OperatorSyntax(Span);

internal sealed record DistinctSyntax(TextSpan Span, IReadOnlyList<ExpressionSyntax> Items) : OperatorSyntax(Span);

internal sealed record CountSyntax(TextSpan Span, string Name) : OperatorSyntax(Span);

internal sealed record TakeSyntax(TextSpan Span, ExpressionSyntax Count) : OperatorSyntax(Span);

internal sealed record SortSyntax(TextSpan Span, IReadOnlyList<OrderedSyntax> Keys) : OperatorSyntax(Span);

internal sealed record TopSyntax(TextSpan Span, ExpressionSyntax Count, OrderedSyntax Key) : OperatorSyntax(Span);

/// <summary>join and lookup.</summary>
internal sealed record JoinSyntax(TextSpan Span, bool IsLookup, IReadOnlyList<OperatorParameter> Parameters, ExpressionSyntax Right, IReadOnlyList<ExpressionSyntax> On)
    : OperatorSyntax(Span);

internal sealed record UnionSyntax(TextSpan Span, IReadOnlyList<OperatorParameter> Parameters, IReadOnlyList<ExpressionSyntax> Tables) : OperatorSyntax(Span);

/// <summary>A column of mv-expand or mv-apply.</summary>
internal sealed record ExpandedSyntax(ExpressionSyntax Expression, KqlType? Type);

internal sealed record MvExpandSyntax(TextSpan Span, IReadOnlyList<OperatorParameter> Parameters, IReadOnlyList<ExpandedSyntax> Columns, ExpressionSyntax? Limit)
    : OperatorSyntax(Span);

internal sealed record MvApplySyntax(
    TextSpan Span, IReadOnlyList<OperatorParameter> Parameters, IReadOnlyList<ExpandedSyntax> Columns, ExpressionSyntax? Limit, IReadOnlyList<OperatorSyntax> Body)
    : OperatorSyntax(Span);

internal sealed record AsSyntax(TextSpan Span, string Name) : OperatorSyntax(Span);

internal sealed record RenderSyntax(TextSpan Span, string Kind, IReadOnlyList<OperatorParameter> Properties) : OperatorSyntax(Span);

internal sealed record GetSchemaSyntax(TextSpan Span) : OperatorSyntax(Span);

internal sealed record ConsumeSyntax(TextSpan Span) : OperatorSyntax(Span);

internal sealed record PrintSyntax(TextSpan Span, IReadOnlyList<ExpressionSyntax> Items) : OperatorSyntax(Span);

internal sealed record RangeSyntax(TextSpan Span, string Name, ExpressionSyntax From, ExpressionSyntax To, ExpressionSyntax Step) : OperatorSyntax(Span);

internal sealed record DataTableSyntax(TextSpan Span, IReadOnlyList<ColumnDeclaration> Columns, IReadOnlyList<ExpressionSyntax> Values) : OperatorSyntax(Span);

internal sealed record ExternalDataSyntax(TextSpan Span, IReadOnlyList<ColumnDeclaration> Columns, IReadOnlyList<ExpressionSyntax> Paths, IReadOnlyList<OperatorParameter> Properties)
    : OperatorSyntax(Span);

internal sealed record MakeSeriesSyntax(
    TextSpan Span,
    IReadOnlyList<OperatorParameter> Parameters,
    IReadOnlyList<(ExpressionSyntax Aggregate, ExpressionSyntax? Default)> Aggregates,
    ExpressionSyntax On,
    ExpressionSyntax? From,
    ExpressionSyntax? To,
    ExpressionSyntax Step,
    bool IsInRange,
    IReadOnlyList<ExpressionSyntax> By) : OperatorSyntax(Span);

/// <summary>A part of a parse pattern: a text (or regex), a column, or neither for <c>*</c>.</summary>
internal sealed record ParsePart(TextSpan Span, string? Text, ColumnDeclaration? Column);

internal sealed record ParseSyntax(
    TextSpan Span, bool IsWhere, IReadOnlyList<OperatorParameter> Parameters, ExpressionSyntax Expression, IReadOnlyList<ParsePart> Parts) : OperatorSyntax(Span);

internal sealed record ParseKvSyntax(
    TextSpan Span, ExpressionSyntax Expression, IReadOnlyList<ColumnDeclaration> Columns, IReadOnlyList<OperatorParameter> Parameters) : OperatorSyntax(Span);

internal sealed record EvaluateSyntax(TextSpan Span, CallSyntax Plugin, IReadOnlyList<ColumnDeclaration>? Schema) : OperatorSyntax(Span);

internal sealed record ScanStepSyntax(
    TextSpan Span, string Name, bool IsOptional, string Output, ExpressionSyntax Condition, IReadOnlyList<NamedSyntax> Assignments);

internal sealed record ScanSyntax(
    TextSpan Span, IReadOnlyList<OperatorParameter> Parameters, IReadOnlyList<ColumnDeclaration> Columns, IReadOnlyList<ScanStepSyntax> Steps)
    : OperatorSyntax(Span);

internal sealed record TopNestedClause(TextSpan Span, ExpressionSyntax? Count, ExpressionSyntax Of, ExpressionSyntax? Others, ExpressionSyntax By, bool IsAscending);

internal sealed record TopNestedSyntax(TextSpan Span, IReadOnlyList<TopNestedClause> Clauses) : OperatorSyntax(Span);

internal sealed record TopHittersSyntax(TextSpan Span, ExpressionSyntax Count, ExpressionSyntax Of, ExpressionSyntax? By) : OperatorSyntax(Span);

internal sealed record SampleSyntax(TextSpan Span, ExpressionSyntax Count) : OperatorSyntax(Span);

internal sealed record SampleDistinctSyntax(TextSpan Span, ExpressionSyntax Count, ExpressionSyntax Of) : OperatorSyntax(Span);

internal sealed record PartitionSyntax(TextSpan Span, IReadOnlyList<OperatorParameter> Parameters, ExpressionSyntax By, IReadOnlyList<OperatorSyntax> Body)
    : OperatorSyntax(Span);

internal sealed record SearchSyntax(TextSpan Span, IReadOnlyList<OperatorParameter> Parameters, IReadOnlyList<ExpressionSyntax>? Tables, ExpressionSyntax Predicate)
    : OperatorSyntax(Span);

/// <summary>A column that find projects, as a type where it says one.</summary>
internal sealed record FindColumn(TextSpan Span, string Name, KqlType? Type);

/// <summary>find: its tables are all where null; so are the columns where they follow from the tables.</summary>
internal sealed record FindSyntax(
    TextSpan Span,
    IReadOnlyList<OperatorParameter> Parameters,
    IReadOnlyList<ExpressionSyntax>? Tables,
    ExpressionSyntax Predicate,
    IReadOnlyList<FindColumn>? Columns,
    bool Packs) : OperatorSyntax(Span);

internal sealed record InvokeSyntax(TextSpan Span, CallSyntax Function) : OperatorSyntax(Span);

/// <summary>fork: several pipes over the same rows.</summary>
internal sealed record FacetSyntax(TextSpan Span, IReadOnlyList<NameSyntax> Columns, IReadOnlyList<OperatorSyntax>? With) : OperatorSyntax(Span);

internal sealed record ForkSyntax(TextSpan Span, IReadOnlyList<(string? Name, IReadOnlyList<OperatorSyntax> Operators)> Branches) : OperatorSyntax(Span);

/// <summary>An operator of the language that this engine does not have.</summary>
internal sealed record UnsupportedSyntax(TextSpan Span, string Name) : OperatorSyntax(Span);
