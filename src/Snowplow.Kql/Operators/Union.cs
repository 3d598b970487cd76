using System.IO.Enumeration;
using Snowplow.Kql.Binding;
using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Execution;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Operators;

/// <summary>
/// <c>union</c>: the rows of several tables, one table after the other. Columns of one name and type are one; a name with several types becomes several
/// columns, <c>a_long</c> and <c>a_real</c>.
/// </summary>
internal sealed class Union(RowSchema schema, IReadOnlyList<(string Name, PlanNode Plan, ColumnSymbol?[] Sources)> legs, ColumnSymbol? source) : PlanNode(schema)
{
    public override long? EstimatedRows => legs.Sum(leg => leg.Plan.EstimatedRows);

    public static PlanNode Bind(UnionSyntax syntax, PlanNode? input, Binder binder)
    {
        var legs = Legs(syntax, input, binder);
        var isInner = JoinBinding.Kind(syntax.Parameters) == "inner";
        var withSource = syntax.Parameters.FirstOrDefault(parameter => parameter.Name is "withsource" or "with_source")?.Value is NameSyntax name ? new ColumnSymbol(name.Name, KqlType.String) : null;
        return Of(legs, isInner, withSource);
    }

    /// <summary>A union of plans.</summary>
    public static PlanNode Of(IReadOnlyList<(string Name, PlanNode Plan)> legs, bool isInner, ColumnSymbol? source)
    {
        var kinds = new List<(string Name, KqlType Type)>();
        foreach (var column in legs.SelectMany(leg => leg.Plan.Schema))
            if (!kinds.Contains((column.Name, column.Type))) kinds.Add((column.Name, column.Type));
        if (isInner) kinds.RemoveAll(kind => !legs.All(leg => leg.Plan.Schema.Any(column => column.Name == kind.Name && column.Type == kind.Type)));
        var taken = kinds.Where(kind => kinds.Count(other => other.Name == kind.Name) == 1).Select(kind => kind.Name).ToHashSet(StringComparer.Ordinal);
        var columns = new List<ColumnSymbol>();
        foreach (var (name, type) in kinds)
        {
            var isSplit = kinds.Count(other => other.Name == name) > 1;
            var unique = isSplit ? ColumnNames.Unique($"{name}_{type.Name()}", taken) : name;
            taken.Add(unique);
            columns.Add(new ColumnSymbol(unique, type));
        }

        var all = legs.Select(leg => (leg.Name, leg.Plan, kinds.Select(kind => leg.Plan.Schema.FirstOrDefault(column => column.Name == kind.Name && column.Type == kind.Type)).ToArray())).ToList();
        return new Union(new RowSchema(source is null ? columns : columns.Prepend(source)), all, source);
    }

    public override PlanNode Prune(IReadOnlySet<ColumnSymbol> needed)
    {
        var offset = source is null ? 0 : 1;
        var kept = Enumerable.Range(offset, Schema.Count - offset).Where(i => needed.Contains(Schema[i])).ToList();
        var keptSource = source is not null && needed.Contains(source) ? source : null;
        var columns = kept.Select(i => Schema[i]);
        return new Union(
            new RowSchema(keptSource is null ? columns : columns.Prepend(keptSource)),
            [.. legs.Select(leg =>
            {
                ColumnSymbol?[] sources = [.. kept.Select(i => leg.Sources[i - offset])];
                return (leg.Name, leg.Plan.Prune(sources.OfType<ColumnSymbol>().ToHashSet()), sources);
            })],
            keptSource);
    }

    public override PlanNode Filter(BoundExpression predicate)
    {
        if (predicate.IsWindow || !predicate.IsDeterministic) return base.Filter(predicate);
        return new Union(Schema, [.. legs.Select(leg => (leg.Name, leg.Plan.Filter(predicate.Replace(column => InLeg(column, leg.Name, leg.Sources))), leg.Sources))], source);
    }

    public override IReadOnlyList<IEnumerable<Batch>> Open(QueryContext context) =>
        [.. legs.SelectMany(leg => leg.Plan.Open(context).Select(part => part.Select(batch => Apply(batch, leg.Name, leg.Sources))))];

    /// <summary>The tables that a union names, with their names.</summary>
    public static List<(string Name, PlanNode Plan)> Legs(UnionSyntax syntax, PlanNode? input, Binder binder)
    {
        var isFuzzy = syntax.Parameters.Any(parameter => parameter.Name == "isfuzzy" && parameter.Value is LiteralSyntax { Literal.Value: true });
        var legs = new List<(string, PlanNode)>();
        if (input is not null) legs.Add(("union_arg0", input));
        foreach (var table in syntax.Tables)
        {
            if (table is PatternSyntax or StarSyntax)
            {
                legs.AddRange(Matching(table is PatternSyntax pattern ? pattern.Pattern : "*", binder));
                continue;
            }

            try
            {
                legs.Add((LegName(table) ?? $"union_arg{legs.Count}", binder.BindTable(table)));
            }
            catch (BindFailure failure) when (isFuzzy && failure.Diagnostic.Code == "SEM0100")
            {
                // A fuzzy union leaves out what is not there.
            }
        }

        return legs.Count > 0 ? legs : throw BindFailure.Semantic("SEM0100", "None of the tables of the union is there", syntax.Span);
    }

    private static IEnumerable<(string, PlanNode)> Matching(string pattern, Binder binder) => binder.Database.Tables.Keys
        .Concat(binder.Database.Catalog.Views.Select(view => view.Name))
        .Concat(binder.Scope.Tables().Select(table => table.Name))
        .Distinct(StringComparer.Ordinal)
        .Where(name => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false))
        .Select(name => (name, binder.FindTable(name)!));

    private static string? LegName(ExpressionSyntax syntax) => syntax switch
    {
        NameSyntax name => name.Name,
        QualifiedSyntax qualified => LegName(qualified.Name),
        PipeSyntax pipe => pipe.Operators.OfType<AsSyntax>().LastOrDefault()?.Name ?? LegName(pipe.Source),
        CallSyntax call => call.Name,
        _ => null,
    };

    // A column of the union as a leg has it: the name of the leg, its own column, or null.
    private BoundExpression InLeg(ColumnSymbol column, string name, ColumnSymbol?[] sources)
    {
        if (column == source) return new ConstantExpression(new Literal(KqlType.String, name));
        return sources[Schema.PlaceOf(column) - (source is null ? 0 : 1)] is { } own
            ? new ColumnExpression(own)
            : new ConstantExpression(new Literal(column.Type, column.Type == KqlType.String ? "" : null));
    }

    private Batch Apply(Batch batch, string name, ColumnSymbol?[] sources)
    {
        var offset = source is null ? 0 : 1;
        return Batch.Lazy(Schema, batch.RowCount, place =>
            place < offset ? StringColumn.Constant(name, batch.RowCount)
            : sources[place - offset] is { } column ? batch[column]
            : Columns.Nulls(Schema[place].Type, batch.RowCount));
    }
}
