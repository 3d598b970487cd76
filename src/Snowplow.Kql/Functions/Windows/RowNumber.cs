using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Windows;

/// <summary><c>row_number</c>: the number of the row, from 1 or another; again from there where a condition is true.</summary>
internal static class RowNumber
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("row_number", 1, "The number of the row, from 1 or another; again from there where a condition is true.")
        .With(FunctionTraits.Window)
        .Vector(KqlType.Long, [], (_, rows, _) => Number(rows, 1, null))
        .Vector(KqlType.Long, [KqlType.Long], (arguments, rows, _) => Number(rows, arguments[0].Box(0) as long? ?? 1, null))
        .Vector(KqlType.Long, [KqlType.Long, KqlType.Bool], (arguments, rows, _) => Number(rows, arguments[0].Box(0) as long? ?? 1, (ValueColumn<bool>)arguments[1]));

    private static ValueColumn<long> Number(int rows, long start, ValueColumn<bool>? restarts)
    {
        var numbers = new long[rows];
        var number = start;
        for (var i = 0; i < rows; i++)
        {
            if (restarts is not null && !restarts.IsNull(i) && restarts[i]) number = start;
            numbers[i] = number++;
        }

        return new ValueColumn<long>(KqlType.Long, numbers);
    }
}
