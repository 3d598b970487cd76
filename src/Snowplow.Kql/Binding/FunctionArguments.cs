using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Binding;

/// <summary>Arguments of functions bound by let: by place or by name, tables and values.</summary>
internal static class FunctionArguments
{
    /// <summary>The arguments of a call; each a <see cref="BoundExpression"/> or a <see cref="TableBinding"/>.</summary>
    public static IReadOnlyList<(string? Name, object Argument)> Of(Binder binder, CallSyntax call, ExpressionBinder? expressions)
    {
        var arguments = new List<(string?, object)>();
        foreach (var argument in call.Arguments)
        {
            var name = argument is NamedSyntax named ? named.Names[0] : null;
            var value = argument is NamedSyntax inner ? inner.Expression : argument;
            arguments.Add((name, binder.IsTabular(value) ? TableBinding.Now(() => binder.BindTable(value), binder.Context) : (expressions ?? binder.Expressions(null)).Bind(value)));
        }

        return arguments;
    }

    /// <summary>Binds the parameters of a function to arguments, or their defaults.</summary>
    public static void Bind(Binder binder, FunctionBinding binding, IReadOnlyList<(string? Name, object Argument)> arguments, Scope inner, TextSpan span)
    {
        var parameters = binding.Function.Parameters;
        var values = new object?[parameters.Count];
        for (var i = 0; i < arguments.Count; i++)
        {
            var place = arguments[i].Name is { } name ? parameters.ToList().FindIndex(parameter => parameter.Name == name) : i;
            if (place < 0 || place >= parameters.Count)
                throw BindFailure.Semantic("SEM0219", $"'{binding.Function.Name}' takes {parameters.Count} argument(s): {string.Join(", ", parameters.Select(parameter => parameter.Name))}", span);
            values[place] = arguments[i].Argument;
        }

        for (var i = 0; i < parameters.Count; i++)
        {
            var parameter = parameters[i];
            switch (values[i])
            {
                case TableBinding table when parameter.Type is null: inner.Set(parameter.Name, Checked(table, parameter, span)); break;
                case BoundExpression value when parameter.Type is { } type: inner.Set(parameter.Name, Converted(value, type, parameter, span)); break;
                case null when parameter.Default is { } initial: inner.Set(parameter.Name, Conversions.To(binder.Scalar(initial, null), parameter.Type!.Value)); break;
                case null: throw BindFailure.Semantic("SEM0219", $"'{binding.Function.Name}' needs its argument '{parameter.Name}'", span);
                default: throw BindFailure.Semantic("SEM0220", $"The argument '{parameter.Name}' must be a {(parameter.Type is { } wanted ? wanted.Name() : "table")}", span);
            }
        }
    }

    private static BoundExpression Converted(BoundExpression value, KqlType type, ParameterSyntax parameter, TextSpan span)
    {
        if (Conversions.Cost(value, type) is null && !(value.Type.IsNumeric() && type.IsNumeric()))
            throw BindFailure.Semantic("SEM0220", $"The argument '{parameter.Name}' must be a {type.Name()}, not {value.Type.Name()}", span);
        return Conversions.To(value, type);
    }

    private static TableBinding Checked(TableBinding table, ParameterSyntax parameter, TextSpan span) => new(() =>
    {
        PlanNode plan = table.Bind();
        foreach (var column in parameter.Columns ?? [])
            if (plan.Schema.Find(column.Name)?.Type != column.Type)
                throw BindFailure.Semantic("SEM0221", $"The table '{parameter.Name}' must have a column '{column.Name}' of type {column.Type.Name()}", span);
        return plan;
    });
}
