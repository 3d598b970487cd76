using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Windows;

/// <summary><c>row_rank_dense</c>: the rank of the row's value among those in order, without gaps.</summary>
internal static class RowRankDense
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("row_rank_dense", 2, "The rank of the row's value among those in order, without gaps.")
        .With(FunctionTraits.Window)
        .Vector(KqlType.Long, [null], (arguments, rows, _) => Rank(arguments, rows, isDense: true))
        .Vector(KqlType.Long, [null, KqlType.Bool], (arguments, rows, _) => Rank(arguments, rows, isDense: true));

    public static ValueColumn<long> Rank(Column[] arguments, int rows, bool isDense)
    {
        var restarts = arguments.Length > 1 ? (ValueColumn<bool>)arguments[1] : null;
        var ranks = new long[rows];
        var first = 0;
        for (var i = 0; i < rows; i++)
        {
            if (i == 0 || (restarts is not null && !restarts.IsNull(i) && restarts[i]))
            {
                first = i;
                ranks[i] = 1;
            }
            else
            {
                var isSame = Equals(arguments[0].Box(i), arguments[0].Box(i - 1));
                ranks[i] = isSame ? ranks[i - 1] : isDense ? ranks[i - 1] + 1 : i - first + 1;
            }
        }

        return new ValueColumn<long>(KqlType.Long, ranks);
    }
}
