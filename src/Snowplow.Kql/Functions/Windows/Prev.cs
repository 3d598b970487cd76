using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Windows;

/// <summary><c>prev</c>: the value of a row before, one or some; null or a default where there is none.</summary>
internal static class Prev
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("prev", 1, "The value of a row before, one or some; null or a default where there is none.")
        .Bound(arguments => Neighbour.Bind("prev", arguments, -1));
}
