using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Windows;

/// <summary><c>next</c>: the value of a row behind, one or some; null or a default where there is none.</summary>
internal static class Next
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("next", 1, "The value of a row behind, one or some; null or a default where there is none.")
        .Bound(arguments => Neighbour.Bind("next", arguments, 1));
}
