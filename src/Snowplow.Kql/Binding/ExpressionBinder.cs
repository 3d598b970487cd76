using Snowplow.Kql.Aggregates;
using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Functions;
using Snowplow.Kql.Functions.Core;
using Snowplow.Kql.Functions.Operators;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Binding;

/// <summary>Binds scalar expressions over the columns of one place in a query.</summary>
internal sealed class ExpressionBinder(Binder binder, RowSchema schema)
{
    private static readonly Batch OneRow = new(new RowSchema([]), [], 1);

    /// <summary>Takes aggregates where the place is one of summarize; null elsewhere.</summary>
    public AggregateCollector? Aggregates { get; init; }

    /// <summary>What a member of a name means before it is looked for in columns: <c>step.column</c> of scan.</summary>
    public Func<string, string, BoundExpression?>? Members { get; init; }

    public RowSchema Schema => schema;

    public BoundExpression Bind(ExpressionSyntax syntax)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        var bound = Folded(syntax switch
        {
            LiteralSyntax literal => new ConstantExpression(literal.Literal),
            TypeSyntax type => TypeExpression.Of(type.Type),
            NameSyntax name => BindName(name),
            NamedSyntax named => Bind(named.Expression),
            MemberSyntax member => BindMember(member),
            IndexSyntax index => DynamicAccess.Index(Bind(index.Target), Bind(index.Index)) ?? throw Wrong(index.Span, $"A {Bind(index.Target).Type.Name()} has no items: only dynamic values have"),
            UnarySyntax unary => BindUnary(unary),
            BinarySyntax binary => BindBinary(binary),
            LogicalSyntax logical => new LogicalExpression(logical.Operator == "and", [.. logical.Operands.Select(Condition)]),
            InSyntax list => ListOperators.Bind(binder, this, list),
            BetweenSyntax between => BindBetween(between),
            CallSyntax call => BindCall(call),
            StarSyntax => throw Wrong(syntax.Span, "'*' cannot stand here"),
            _ => throw BindFailure.Semantic("SEM0101", "Expected a value here, not a table: put toscalar() around it", syntax.Span),
        });
        if (!bound.IsDeterministic) binder.Context.RandomExpressions++;
        return bound;
    }

    /// <summary>An operand that must be a condition.</summary>
    public BoundExpression Condition(ExpressionSyntax syntax)
    {
        var bound = Bind(syntax);
        if (bound.Type is KqlType.Bool) return bound;
        if (bound.Type is KqlType.Dynamic or KqlType.Int or KqlType.Long) return Conversions.To(bound, KqlType.Bool);
        throw Wrong(syntax.Span, $"Expected a condition (bool), not {bound.Type.Name()}");
    }

    /// <summary>A function of the table with these arguments; null where none of its forms takes them.</summary>
    public static BoundExpression? Apply(ScalarFunction function, IReadOnlyList<BoundExpression> arguments)
    {
        if (function.Binding is { } binding) return binding(arguments);
        Overload? best = null;
        var least = int.MaxValue;
        foreach (var overload in function.Overloads)
        {
            if (!overload.Takes(arguments.Count)) continue;
            var cost = 0;
            for (var i = 0; i < arguments.Count && cost >= 0; i++) cost = Conversions.Cost(arguments[i], overload.Parameter(i)) is { } one ? cost + one : -1;
            if (cost < 0 || cost >= least) continue;
            least = cost;
            best = overload;
        }

        if (best is null) return null;
        var converted = arguments.Select((argument, i) => best.Parameter(i) is { } type ? Conversions.To(argument, type) : argument).ToList();
        return new CallExpression(function.Name, best.Result, best.Kernel, converted, function.Traits);
    }

    /// <summary>The constant that an expression without columns is.</summary>
    public BoundExpression Folded(BoundExpression expression) =>
        expression is ConstantExpression or ColumnExpression || !expression.IsDeterministic || expression.IsWindow || !expression.Operands.All(operand => operand is ConstantExpression)
            ? expression
            : new ConstantExpression(new Literal(expression.Type, expression.Evaluate(OneRow, binder.Context).Box(0)));

    private static BindFailure Wrong(TextSpan span, string message) => BindFailure.Semantic("SEM0104", message, span);

    private BoundExpression BindName(NameSyntax name)
    {
        if (schema.Find(name.Name) is { } column) return new ColumnExpression(column);
        if (Aggregates?.Find(name.Name) is { } group) return group;
        if (binder.Scope.Find(name.Name) is BoundExpression bound) return bound;
        if (binder.FindFunction(name.Name, name.Span) is { Function.Parameters: [] } function && binder.BindFunction(function, [], name.Span).Value is { } value) return value;
        if (binder.IsTabular(name)) throw BindFailure.Semantic("SEM0101", $"'{name.Name}' is a table, and a value is expected here: put toscalar() around it", name.Span);
        throw BindFailure.Unresolved("column or scalar expression", name.Name, name.Span);
    }

    private BoundExpression BindMember(MemberSyntax member)
    {
        if (Members is not null && member.Target is NameSyntax owner && Members(owner.Name, member.Member) is { } special) return special;
        var target = Bind(member.Target);
        return DynamicAccess.Member(target, member.Member) ?? throw Wrong(member.Span, $"A {target.Type.Name()} has no members: only dynamic values have");
    }

    private BoundExpression BindUnary(UnarySyntax unary)
    {
        var operand = Bind(unary.Operand);
        if (unary.Operator == "+") return operand;
        if (operand is ConstantExpression { Value: int number }) return new ConstantExpression(new Literal(KqlType.Int, -number));
        return operand.Type == KqlType.Dynamic ? throw DynamicOperand("-", unary.Span)
            : Apply(Arithmetic.Negate, [operand]) ?? throw Wrong(unary.Span, $"Operator '-' cannot be applied to {operand.Type.Name()}");
    }

    private BoundExpression BindBinary(BinarySyntax binary)
    {
        if (binary.Left is StarSyntax) return BindAnyText(binary);
        var left = Bind(binary.Left);
        var right = Bind(binary.Right);
        var bound = binary.Operator switch
        {
            "==" or "!=" or "<" or "<=" or ">" or ">=" => Comparison.Bind(binary.Operator, left, right),
            "+" or "-" or "*" or "/" or "%" => left.Type == KqlType.Dynamic || right.Type == KqlType.Dynamic
                ? throw DynamicOperand(binary.Operator, binary.Span)
                : Apply(Array.Find(Arithmetic.All, function => function.Name == binary.Operator)!, [left, right]),
            _ => TextOperators.Bind(binary.Operator, left, right),
        };
        return bound ?? throw Wrong(binary.Span, $"Operator '{binary.Operator}' cannot be applied to {left.Type.Name()} and {right.Type.Name()}");
    }

    // * has "x": whether one of the columns that hold texts meets the condition.
    private LogicalExpression BindAnyText(BinarySyntax binary) =>
        new(false, [.. schema.Where(column => column.Type is KqlType.String or KqlType.Dynamic).Select(column => BindBinary(binary with { Left = new NameSyntax(binary.Left.Span, column.Name) }))]);

    private static BindFailure DynamicOperand(string operation, TextSpan span) =>
        BindFailure.Semantic("SEM0064", $"Operator '{operation}' cannot be applied to a dynamic value: convert it by tolong(), todouble() or another of the to-functions", span);

    private LogicalExpression BindBetween(BetweenSyntax between)
    {
        var left = Bind(between.Left);
        var low = Bind(between.Low);
        var high = Bind(between.High);
        if (left.Type == KqlType.DateTime && high.Type == KqlType.TimeSpan) high = Folded(Apply(Arithmetic.Add, [low, high]) ?? high);
        var above = Comparison.Bind(between.IsNegated ? "<" : ">=", left, low);
        var below = Comparison.Bind(between.IsNegated ? ">" : "<=", left, high);
        if (above is null || below is null) throw Wrong(between.Span, $"'between' cannot compare {left.Type.Name()} with {low.Type.Name()} and {high.Type.Name()}");
        return new LogicalExpression(!between.IsNegated, [above, below]);
    }

    private BoundExpression BindCall(CallSyntax call)
    {
        if (binder.FindFunction(call.Name, call.Span) is { } function)
        {
            var (table, value) = binder.BindFunction(function, FunctionArguments.Of(binder, call, this), call.Span);
            return value ?? throw BindFailure.Semantic("SEM0101", $"'{call.Name}' gives a table ({table!.Schema.Count} columns), and a value is expected here", call.Span);
        }

        if (SpecialCalls.Bind(binder, this, call) is { } special) return special;
        if (AggregateTable.Find(call.Name) is { } aggregate && (Aggregates is not null || FunctionTable.Find(call.Name) is null))
        {
            if (Aggregates is null) throw BindFailure.Semantic("SEM0110", $"The aggregate '{call.Name}' can only be used in summarize and its kin", call.Span);
            return Aggregates.Add(aggregate, call);
        }

        if (FunctionTable.Find(call.Name) is not { } scalar)
        {
            throw UnsupportedFunctions.IsKnown(call.Name)
                ? BindFailure.NotSupported($"the function '{call.Name}'", call.Span)
                : BindFailure.Semantic("SEM0260", $"Unknown function: '{call.Name}'", call.Span);
        }

        var arguments = call.Arguments.Select(Bind).ToList();
        return Apply(scalar, arguments) ?? throw BindFailure.Semantic(
            "SEM0219", $"{call.Name}() cannot take ({string.Join(", ", arguments.Select(argument => argument.Type.Name()))}): {FunctionUsage.Of(scalar)}", call.Span);
    }
}
