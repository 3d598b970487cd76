using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Windows;

/// <summary><c>row_cumsum</c>: the sum of the values up to the row; from zero where a condition is true.</summary>
internal static class RowCumsum
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("row_cumsum", 1, "The sum of the values up to the row; from zero where a condition is true.")
        .With(FunctionTraits.Window)
        .Vector(KqlType.Long, [KqlType.Long], (arguments, rows, _) => Sum<long>(KqlType.Long, arguments, rows))
        .Vector(KqlType.Long, [KqlType.Long, KqlType.Bool], (arguments, rows, _) => Sum<long>(KqlType.Long, arguments, rows))
        .Vector(KqlType.Real, [KqlType.Real], (arguments, rows, _) => Sum<double>(KqlType.Real, arguments, rows))
        .Vector(KqlType.Real, [KqlType.Real, KqlType.Bool], (arguments, rows, _) => Sum<double>(KqlType.Real, arguments, rows))
        .Vector(KqlType.TimeSpan, [KqlType.TimeSpan], (arguments, rows, _) => Sum<long>(KqlType.TimeSpan, arguments, rows))
        .Vector(KqlType.TimeSpan, [KqlType.TimeSpan, KqlType.Bool], (arguments, rows, _) => Sum<long>(KqlType.TimeSpan, arguments, rows));

    private static ValueColumn<T> Sum<T>(KqlType type, Column[] arguments, int rows)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        var values = (ValueColumn<T>)arguments[0];
        var restarts = arguments.Length > 1 ? (ValueColumn<bool>)arguments[1] : null;
        var sums = new T[rows];
        var sum = T.Zero;
        for (var i = 0; i < rows; i++)
        {
            if (restarts is not null && !restarts.IsNull(i) && restarts[i]) sum = T.Zero;
            if (!values.IsNull(i)) sum += values[i];
            sums[i] = sum;
        }

        return new ValueColumn<T>(type, sums);
    }
}
