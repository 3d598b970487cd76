using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Conditions;

/// <summary><c>coalesce</c>: the first argument that is not null, of strings that is not empty.</summary>
internal static class Coalesce
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("coalesce", 1, "The first argument that is not null, of strings that is not empty.")
        .Bound(Choice.Coalesce);
}
