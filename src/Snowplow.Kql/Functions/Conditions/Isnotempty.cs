using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Conditions;

/// <summary><c>isnotempty</c>: whether the value is neither null nor the empty string.</summary>
internal static class Isnotempty
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("isnotempty", 1, "Whether the value is neither null nor the empty string.")
        .Alias("notempty")
        .Vector(KqlType.Bool, [null], (arguments, rows, _) => Isnull.Test(arguments[0], rows, column => i => !Isempty.IsEmpty(column, i)));
}
