using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions;

/// <summary><c>d.member</c> and <c>d[index]</c>: null where there is none.</summary>
internal static class DynamicAccess
{
    /// <summary>A member; null where the target is not dynamic.</summary>
    public static BoundExpression? Member(BoundExpression target, string name) => target.Type != KqlType.Dynamic
        ? null
        : new CallExpression("." + name, KqlType.Dynamic, (arguments, rows, _) => Map(arguments[0], rows, value => DynamicValue.Member(value, name)), [target]);

    /// <summary>An item by number or by name; null where the target is not dynamic or the index is neither.</summary>
    public static BoundExpression? Index(BoundExpression target, BoundExpression index) => target.Type != KqlType.Dynamic ? null : index.Type switch
    {
        KqlType.String when index is ConstantExpression { Value: string name } => Member(target, name),
        KqlType.Int or KqlType.Long when index is ConstantExpression constant && DynamicValue.Long(constant.Value) is { } place =>
            new CallExpression("[]", KqlType.Dynamic, (arguments, rows, _) => Map(arguments[0], rows, value => DynamicValue.Item(value, place)), [target]),
        KqlType.String or KqlType.Int or KqlType.Long or KqlType.Dynamic => new CallExpression(
            "[]",
            KqlType.Dynamic,
            Kernels.OfRow(KqlType.Dynamic, row => row[1] is string key ? DynamicValue.Member(row[0], key) : DynamicValue.Long(row[1]) is { } place ? DynamicValue.Item(row[0], place) : null),
            [target, index]),
        _ => null,
    };

    private static DynamicColumn Map(Column column, int rows, Func<object?, object?> map)
    {
        var values = new object?[rows];
        var source = (DynamicColumn)column;
        for (var i = 0; i < rows; i++) values[i] = map(source[i]);
        return new DynamicColumn(values);
    }
}
