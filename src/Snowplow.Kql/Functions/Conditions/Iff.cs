using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Conditions;

/// <summary><c>iff</c>: the second argument where the first is true, else the third.</summary>
internal static class Iff
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("iff", 1, "The second argument where the first is true, else the third.")
        .Alias("iif")
        .Bound(arguments => arguments.Count == 3 ? Choice.Bind("iff", [arguments[0]], [arguments[1], arguments[2]]) : null);
}
