using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Functions.Core;

/// <summary>Conversions that happen by themselves: to a wider number, from dynamic to the type wanted, null to anything.</summary>
internal static class Conversions
{
    /// <summary>What a conversion costs; less is nearer, null is none at all.</summary>
    public static int? Cost(BoundExpression argument, KqlType? wanted)
    {
        if (wanted is not { } type) return 1;
        if (argument.Type == type) return 0;
        if (argument is ConstantExpression { Type: KqlType.Dynamic, Value: null }) return 1;
        if (argument.Type.IsNumeric() && type.IsNumeric()) return type > argument.Type ? 2 * (type - argument.Type) : null;
        if (argument.Type == KqlType.Dynamic) return 20 + (type == KqlType.String ? 0 : type == KqlType.Real ? 1 : 2);
        return type == KqlType.Dynamic ? 30 : null;
    }

    /// <summary>The expression as another type; constants at once.</summary>
    public static BoundExpression To(BoundExpression expression, KqlType type)
    {
        if (expression.Type == type) return expression;
        if (expression is ConstantExpression constant) return new ConstantExpression(new Literal(type, DynamicValue.To(type, constant.Value)));
        return new CallExpression($"to{type.Name()}", type, Kernel(expression.Type, type), [expression]);
    }

    /// <summary>What converts columns of one type to another.</summary>
    public static Kernel Kernel(KqlType from, KqlType to) => (from, to) switch
    {
        (KqlType.Int, KqlType.Long) => Kernels.Of((int value) => (long)value),
        (KqlType.Int, KqlType.Real) => Kernels.Of((int value) => (double)value),
        (KqlType.Long, KqlType.Real) => Kernels.Of((long value) => (double)value),
        (KqlType.Long, KqlType.Decimal) => Kernels.Of((long value) => (decimal)value),
        (KqlType.Int, KqlType.Decimal) => Kernels.Of((int value) => (decimal)value),
        (KqlType.DateTime, KqlType.String) => Kernels.Of((DateTime value) => TimeText.Of(value)),
        (KqlType.Long, KqlType.String) => Kernels.Of((long value) => DynamicValue.Text(value)),
        _ => Kernels.OfRow(to, row => DynamicValue.To(to, row[0])),
    };
}
