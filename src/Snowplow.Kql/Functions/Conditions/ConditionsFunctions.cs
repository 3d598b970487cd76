using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Conditions;

/// <summary>The functions of this folder.</summary>
internal static class ConditionsFunctions
{
    public static readonly ScalarFunction[] All =
    [
        Iff.Function, Case.Function, Coalesce.Function, MaxOf.Function, MinOf.Function, Isnull.Function, Isnotnull.Function,
        Isempty.Function, Isnotempty.Function, Not.Function, Isnan.Function, Isinf.Function, Isfinite.Function, Around.Function,
        Assert.Function,
    ];
}
