using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Windows;

/// <summary>The functions of this folder.</summary>
internal static class WindowsFunctions
{
    public static readonly ScalarFunction[] All =
    [
        Prev.Function, Next.Function, RowNumber.Function, RowCumsum.Function, RowRankDense.Function, RowRankMin.Function,
        RowWindowSession.Function,
    ];
}
