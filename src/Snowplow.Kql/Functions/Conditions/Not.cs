using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Conditions;

/// <summary><c>not</c>: the other truth value.</summary>
internal static class Not
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("not", 1, "The other truth value.")
        .On((bool value) => !value);
}
