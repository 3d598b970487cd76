using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Windows;

/// <summary><c>row_rank_min</c>: the rank of the row's value among those in order: the number of the first row with it.</summary>
internal static class RowRankMin
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("row_rank_min", 2, "The rank of the row's value among those in order: the number of the first row with it.")
        .With(FunctionTraits.Window)
        .Vector(KqlType.Long, [null], (arguments, rows, _) => RowRankDense.Rank(arguments, rows, isDense: false))
        .Vector(KqlType.Long, [null, KqlType.Bool], (arguments, rows, _) => RowRankDense.Rank(arguments, rows, isDense: false));
}
