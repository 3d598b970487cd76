using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Execution;
using Snowplow.Kql.Functions.Core;
using Snowplow.Kql.Operators;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Binding;

/// <summary>
/// Makes plans of syntax: names become columns, tables and functions, and expressions get types. What yields a value or a schema that the query needs
/// to be bound (toscalar, in with a table, pivot, materialize) runs while it is bound.
/// </summary>
internal sealed class Binder(Database database, QueryContext context, Scope scope)
{
    private const int MaxDepth = 40;
    private const int MaxTables = 5_000;
    private const int MaxStatements = 1_000;

    private static readonly RowSchema NoColumns = new([]);

    public Database Database => database;

    public QueryContext Context => context;

    public Scope Scope => scope;

    /// <summary>What render said last.</summary>
    public Visualization? Visualization { get; set; }

    /// <summary>Results of fork, by name.</summary>
    public List<(string Name, PlanNode Plan)>? Forked { get; set; }

    /// <summary>Tables made while binding, by the call that they are made in and the place of the expression that makes them.</summary>
    public Dictionary<(object Call, TextSpan Place), Table> Materialized { get; init; } = [];

    /// <summary>The plan of a tabular expression.</summary>
    public PlanNode BindTable(ExpressionSyntax syntax)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        if (++context.BoundTables > MaxTables) throw BindFailure.Semantic("SEM0111", $"The query comes to more than {MaxTables} tables once every let is put in its place: use materialize()", syntax.Span);
        switch (syntax)
        {
            case PipeSyntax pipe: return BindOperators(BindTable(pipe.Source), pipe.Operators);
            case SourceSyntax source: return OperatorBinder.Bind(source.Operator, null, this);
            case NameSyntax name: return FindTable(name.Name, name.Span) ?? throw BindFailure.Unresolved("table or column expression", name.Name, name.Span);
            case CallSyntax call: return BindTableCall(call);
            case QualifiedSyntax qualified:
                DatabaseName.Check(qualified.Database, this);
                return Within(scope.ForDatabase()).BindTable(qualified.Name);
            default: throw BindFailure.Semantic("SEM0101", "Expected a table here, not a value", syntax.Span);
        }
    }

    public PlanNode BindOperators(PlanNode plan, IReadOnlyList<OperatorSyntax> operators) =>
        operators.Aggregate(plan, (input, syntax) => OperatorBinder.Bind(syntax, input, this));

    /// <summary>The table of a name: bound by let, made by a stored function, or of the database; null where there is none.</summary>
    public PlanNode? FindTable(string name, TextSpan span = default) => Find(name, span) switch
    {
        TableBinding table => table.Bind(),
        FunctionBinding function when IsTabular(function) => BindFunction(function, [], span).Table,
        null => database.Tables.TryGetValue(name, out var table) ? new Scan(table) : null,
        _ => null,
    };

    /// <summary>The function of a name: bound by let, or stored; null where there is none.</summary>
    public FunctionBinding? FindFunction(string name, TextSpan span) => Find(name, span) as FunctionBinding;

    // What a name is bound to. A stored function goes before a table of its name, and what a let binds before both.
    private object? Find(string name, TextSpan span) => scope.Find(name) ?? (database.Catalog.Query(name) is { } stored ? StoredFunctions.Bind(stored, scope, span) : null);

    /// <summary>Whether the expression is a table rather than a value.</summary>
    public bool IsTabular(ExpressionSyntax syntax)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        return IsTable(syntax);
    }

    private bool IsTable(ExpressionSyntax syntax) => syntax switch
    {
        PipeSyntax or SourceSyntax => true,
        NameSyntax name => Find(name.Name, name.Span) switch
        {
            TableBinding => true,
            FunctionBinding function => IsTabular(function),
            null => database.Tables.ContainsKey(name.Name),
            _ => false,
        },
        CallSyntax { Name: "materialize" or "table" or "materialized_view" or "view" } => true,
        CallSyntax call => FindFunction(call.Name, call.Span) is { } function && IsTabular(function),
        QualifiedSyntax => true,
        _ => false,
    };

    /// <summary>Binds the statements of a query in order; the plans of those that are queries.</summary>
    public IEnumerable<PlanNode> BindStatements(IReadOnlyList<StatementSyntax> statements)
    {
        // What a let sees is copied for it, so their number is limited.
        if (statements.Count > MaxStatements) throw BindFailure.Semantic("SEM0112", $"More than {MaxStatements} statements", statements[MaxStatements].Span);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var statement in statements)
        {
            var name = statement switch { LetSyntax bound => bound.Name, LetFunctionSyntax bound => bound.Name, _ => null };
            if (name is not null && !names.Add(name))
                throw BindFailure.Semantic("SEM0113", $"'{name}' is bound by a let before: give it another name", statement.Span);
            switch (statement)
            {
                case LetSyntax let: BindLet(let); break;
                case LetFunctionSyntax function: scope.Set(function.Name, function); break;
                case SetSyntax set: context.Settings[set.Name] = set.Value is null ? null : SettingValue(set.Value); break;
                case DeclareParametersSyntax declare: BindParameters(declare); break;
                case UnsupportedStatementSyntax unsupported: throw BindFailure.NotSupported($"the statement '{unsupported.Name}'", unsupported.Span);
                case QuerySyntax query:
                    if (!IsTabular(query.Expression) && query.Expression is not NameSyntax) throw BindFailure.Semantic("SEM0102", "A query must be a table: put 'print' before a value", query.Span);
                    yield return BindTable(query.Expression);
                    break;
            }
        }
    }

    /// <summary>An expression over the columns of a plan.</summary>
    public BoundExpression Scalar(ExpressionSyntax syntax, PlanNode? input) => Expressions(input).Bind(syntax);

    public ExpressionBinder Expressions(PlanNode? input) => new(this, input?.Schema ?? NoColumns);

    /// <summary>An expression that must be a condition.</summary>
    public BoundExpression Predicate(ExpressionSyntax syntax, PlanNode? input)
    {
        var bound = Scalar(syntax, input);
        if (bound.Type is not (KqlType.Bool or KqlType.Dynamic)) throw BindFailure.Semantic("SEM0103", $"Expected a condition (bool), not {bound.Type.Name()}", syntax.Span);
        return Conversions.To(bound, KqlType.Bool);
    }

    /// <summary>The value of an expression without columns, as this type.</summary>
    public object? Constant(ExpressionSyntax syntax, KqlType? type = null)
    {
        var bound = Scalar(syntax, null);
        if (type is { } wanted)
        {
            if (Conversions.Cost(bound, wanted) is null && !(bound.Type.IsNumeric() && wanted.IsNumeric()))
                throw BindFailure.Semantic("SEM0104", $"Expected {wanted.Name()}, not {bound.Type.Name()}", syntax.Span);
            bound = Conversions.To(bound, wanted);
        }

        return bound.Evaluate(new Batch(NoColumns, [], 1), context).Box(0);
    }

    /// <summary>The rows of a plan.</summary>
    public Batch Run(PlanNode plan) => plan.Whole(context);

    /// <summary>A binder with other names.</summary>
    public Binder Within(Scope inner) => new(database, context, inner) { Materialized = Materialized };

    /// <summary>What a call of a let function gives: a table or a value.</summary>
    public (PlanNode? Table, BoundExpression? Value) BindFunction(FunctionBinding binding, IReadOnlyList<(string? Name, object Argument)> arguments, TextSpan span)
    {
        if (++context.BoundTables > MaxTables) throw BindFailure.Semantic("SEM0111", $"The query calls functions more than {MaxTables} times once every call is put in its place", span);
        var function = binding.Function;
        var inner = binding.Scope.ForCall(function.Parameters.Count > 0);
        if (inner.Depth > MaxDepth || scope.Depth > MaxDepth) throw BindFailure.Semantic("SEM0105", $"Calls of '{function.Name}' are nested too deeply", span);
        FunctionArguments.Bind(this, binding, arguments, inner, span);
        return StoredFunctions.Told(binding, () => BindBody(function, inner));
    }

    private (PlanNode? Table, BoundExpression? Value) BindBody(LetFunctionSyntax function, Scope inner)
    {
        var body = Within(inner);
        if (Body(function) is not { } parts) throw BindFailure.Semantic("SEM0106", $"The body of '{function.Name}' must end in an expression", function.Span);
        foreach (var _ in body.BindStatements(parts.Lets)) throw BindFailure.Semantic("SEM0106", $"The body of '{function.Name}' must hold one expression, at its end", function.Span);
        return body.IsTabular(parts.Result) ? (body.BindTable(parts.Result), null) : (null, body.Scalar(parts.Result, null));
    }

    /// <summary>Whether a function gives a table.</summary>
    public bool IsTabular(FunctionBinding binding) => StoredFunctions.Told(binding, () => HasTabularBody(binding));

    private bool HasTabularBody(FunctionBinding binding)
    {
        if (Body(binding.Function) is not { } parts || binding.Scope.Depth > MaxDepth) return false;
        var inner = new Scope(binding.Scope);
        foreach (var parameter in binding.Function.Parameters)
        {
            if (parameter.Type is { } type) inner.Set(parameter.Name, new ConstantExpression(new Literal(type, null)));
            else inner.Set(parameter.Name, new TableBinding(() => throw new InvalidOperationException("Only asked whether it is a table")));
        }

        var body = Within(inner);
        foreach (var statement in parts.Lets)
        {
            if (statement is LetFunctionSyntax function) inner.Set(function.Name, function);
            else if (statement is LetSyntax let && body.IsTabular(let.Expression)) inner.Set(let.Name, new TableBinding(() => body.BindTable(let.Expression)));
            else if (statement is LetSyntax scalar) inner.Set(scalar.Name, new ConstantExpression(new Literal(KqlType.Dynamic, null)));
        }

        return body.IsTabular(parts.Result);
    }

    private static (IReadOnlyList<StatementSyntax> Lets, ExpressionSyntax Result)? Body(LetFunctionSyntax function) =>
        function.Body.Count > 0 && function.Body[^1] is QuerySyntax result ? ([.. function.Body.SkipLast(1)], result.Expression) : null;

    private void BindLet(LetSyntax let)
    {
        if (!IsTabular(let.Expression))
        {
            scope.Set(let.Name, Scalar(let.Expression, null));
            return;
        }

        var binder = Within(scope.Snapshot());
        scope.Set(let.Name, TableBinding.Now(() => binder.BindTable(let.Expression), context));
    }

    private object? SettingValue(ExpressionSyntax syntax) => syntax is NameSyntax name ? name.Name : Constant(syntax);

    private void BindParameters(DeclareParametersSyntax declare)
    {
        foreach (var parameter in declare.Parameters)
        {
            if (parameter.Type is not { } type) throw BindFailure.NotSupported("query parameters that are tables", parameter.Span);
            object? value;
            if (context.Options.Parameters.TryGetValue(parameter.Name, out var text))
            {
                var (statements, diagnostics) = Parser.Parse(text);
                value = type == KqlType.String ? text
                    : diagnostics.Count == 0 && statements is [QuerySyntax query] ? Constant(query.Expression, type)
                    : throw BindFailure.Semantic("SEM0107", $"The value of the parameter '{parameter.Name}' is no {type.Name()}: {text}", parameter.Span);
            }
            else
            {
                value = parameter.Default is { } initial ? Constant(initial, type) : throw BindFailure.Semantic("SEM0108", $"The parameter '{parameter.Name}' has no value", parameter.Span);
            }

            scope.Set(parameter.Name, new ConstantExpression(new Literal(type, value)));
        }
    }

    private PlanNode BindTableCall(CallSyntax call)
    {
        switch (call.Name)
        {
            case "materialize" or "view" when call.Arguments is [var inner]:
                if (!Materialized.TryGetValue((scope.Call, inner.Span), out var table)) Materialized.Add((scope.Call, inner.Span), table = ToTable("materialized", BindTable(inner)));
                return new Scan(table);
            case "table" when call.Arguments is [var name, ..] && Constant(name, KqlType.String) is string text:
                return FindTable(text, name.Span) ?? throw BindFailure.Unresolved("table", text, name.Span);
            case "materialized_view" when call.Arguments is [var name, ..] && Constant(name, KqlType.String) is string text:
                return database.Catalog.MaterializedViews.ContainsKey(text) ? FindTable(text, name.Span)! : throw BindFailure.Unresolved("materialized view", text, name.Span);
        }

        if (FindFunction(call.Name, call.Span) is not { } function) throw BindFailure.Unresolved("table function", call.Name, call.Span);
        return BindFunction(function, FunctionArguments.Of(this, call, null), call.Span).Table
            ?? throw BindFailure.Semantic("SEM0101", $"Expected a table here, but '{call.Name}' gives a value", call.Span);
    }

    /// <summary>The rows of a plan as a table.</summary>
    public Table ToTable(string name, PlanNode plan)
    {
        var whole = Run(plan);
        return new MemoryTable(name, [.. plan.Schema.Select(column => (column.Name, column.Type))], [.. Enumerable.Range(0, plan.Schema.Count).Select(i => whole[i])], whole.RowCount);
    }
}
