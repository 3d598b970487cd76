using Snowplow.Kql.Binding;
using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Operators;

/// <summary>
/// <c>find</c>: the rows of several tables that meet a condition. A table that lacks a column of the condition has nulls there; one that has none of them
/// is left out. Without <c>project</c> come the columns that all tables have and those of the condition, all others in the bag <c>pack_</c>.
/// </summary>
internal static class Find
{
    public static PlanNode Bind(FindSyntax syntax, Binder binder)
    {
        List<(string Name, PlanNode Plan)> tables = syntax.Tables is { } named
            ? Union.Legs(new UnionSyntax(syntax.Span, [], named), null, binder)
            : [.. Search.AllTables(binder).Select(name => (name, binder.FindTable(name)!))];
        var all = tables.SelectMany(table => table.Plan.Schema).ToList();
        List<ColumnSymbol> read = [.. Names(syntax.Predicate).Distinct(StringComparer.Ordinal).Select(name => all.Find(column => column.Name == name)).OfType<ColumnSymbol>()];
        if (tables.Count > 1 && !TermPredicate.HasTerm(syntax.Predicate)) tables.RemoveAll(table => !read.Exists(column => table.Plan.Schema.Find(column.Name) is not null));
        if (tables.Count == 0) throw BindFailure.Semantic("SEM0100", "No table has the columns that find names", syntax.Span);

        var columns = syntax.Columns is { } projected
            ? [.. projected.Select(column => Projected(column, tables))]
            : Smart(tables, read);
        var packs = syntax.Columns is null ? tables.Exists(table => Rest(table.Plan, columns).Count > 0) : syntax.Packs;
        var source = syntax.Parameters.FirstOrDefault(parameter => parameter.Name is "withsource" or "with_source")?.Value is NameSyntax name ? name.Name : "source_";
        var symbols = columns.Select(column => new ColumnSymbol(columns.Count(other => other.Name == column.Name) > 1 ? $"{column.Name}_{column.Type.Name()}" : column.Name, column.Type)).ToList();
        var legs = tables.Select(table => (table.Name, Leg(table.Plan, syntax.Predicate, read, columns, symbols, packs, binder))).ToList();
        return Union.Of(legs, isInner: false, new ColumnSymbol(source, KqlType.String));
    }

    private static PlanNode Leg(
        PlanNode table,
        ExpressionSyntax predicate,
        List<ColumnSymbol> read,
        IReadOnlyList<(string Name, KqlType Type, bool Casts)> columns,
        List<ColumnSymbol> symbols,
        bool packs,
        Binder binder)
    {
        var own = table.Schema.Select(column => (column, (BoundExpression)new ColumnExpression(column)));
        var missing = read.Where(column => table.Schema.Find(column.Name) is null).Select(column => (new ColumnSymbol(column.Name, column.Type), (BoundExpression)Null(column.Type)));
        PlanNode whole = new Project(table, [.. own, .. missing]);
        var filtered = whole.Filter(new TermPredicate(whole, binder, isCaseSensitive: false).Bind(predicate));
        var output = columns.Select((column, i) => (symbols[i], table.Schema.Find(column.Name) is { } found && (column.Casts || found.Type == column.Type)
            ? Conversions.To(new ColumnExpression(found), column.Type)
            : Null(column.Type)));
        if (packs) output = output.Append((new ColumnSymbol("pack_", KqlType.Dynamic), SpecialCalls.Packed(Rest(table, columns), ignoresEmpty: false)));
        return new Project(filtered, [.. output]);
    }

    private static ConstantExpression Null(KqlType type) => new(new Literal(type, type == KqlType.String ? "" : null));

    // The columns of all tables, then those of the condition, each once for each of its types.
    private static List<(string Name, KqlType Type, bool Casts)> Smart(List<(string Name, PlanNode Plan)> tables, List<ColumnSymbol> read)
    {
        var common = tables[0].Plan.Schema.Where(column => tables.TrueForAll(table => table.Plan.Schema.Find(column.Name)?.Type == column.Type));
        var named = read.SelectMany(column => tables.Select(table => table.Plan.Schema.Find(column.Name)).OfType<ColumnSymbol>());
        return [.. common.Concat(named).Select(column => (column.Name, column.Type, false)).Distinct()];
    }

    private static (string Name, KqlType Type, bool Casts) Projected(FindColumn column, List<(string Name, PlanNode Plan)> tables)
    {
        var types = tables.Select(table => table.Plan.Schema.Find(column.Name)).OfType<ColumnSymbol>().Select(found => found.Type).Distinct().ToList();
        if (types.Count == 0) throw BindFailure.Unresolved("column", column.Name, column.Span);
        if (column.Type is null && types.Count > 1)
            throw BindFailure.Semantic("SEM0116", $"The column '{column.Name}' has several types ({string.Join(", ", types.Select(type => type.Name()))}): write '{column.Name}:type'", column.Span);
        return (column.Name, column.Type ?? types[0], true);
    }

    private static List<ColumnSymbol> Rest(PlanNode table, IReadOnlyList<(string Name, KqlType Type, bool Casts)> columns) =>
        [.. table.Schema.Where(own => !columns.Any(column => column.Name == own.Name))];

    // The names that may be columns.
    private static IEnumerable<string> Names(ExpressionSyntax syntax) => syntax switch
    {
        NameSyntax name => [name.Name],
        MemberSyntax member => Names(member.Target),
        IndexSyntax index => Names(index.Target).Concat(Names(index.Index)),
        UnarySyntax unary => Names(unary.Operand),
        BinarySyntax binary => Names(binary.Left).Concat(Names(binary.Right)),
        LogicalSyntax logical => logical.Operands.SelectMany(Names),
        InSyntax list => Names(list.Left).Concat(list.Values.SelectMany(Names)),
        BetweenSyntax between => Names(between.Left).Concat(Names(between.Low)).Concat(Names(between.High)),
        CallSyntax call => call.Arguments.SelectMany(Names),
        NamedSyntax named => Names(named.Expression),
        _ => [],
    };
}
