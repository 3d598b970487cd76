using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Conditions;

/// <summary><c>isnull</c>: whether the value is null; a string never is.</summary>
internal static class Isnull
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("isnull", 1, "Whether the value is null; a string never is.")
        .Vector(KqlType.Bool, [null], (arguments, rows, _) => Test(arguments[0], rows, column => column.IsNull));

    public static Column Test(Column column, int rows, Func<Column, Func<int, bool>> test)
    {
        var isTrue = test(column);
        var values = new bool[rows];
        for (var i = 0; i < rows; i++) values[i] = isTrue(i);
        return new ValueColumn<bool>(KqlType.Bool, values);
    }
}
