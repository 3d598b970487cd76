using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Conditions;

/// <summary><c>isnotnull</c>: whether the value is not null.</summary>
internal static class Isnotnull
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("isnotnull", 1, "Whether the value is not null.")
        .Alias("notnull")
        .Vector(KqlType.Bool, [null], (arguments, rows, _) => Isnull.Test(arguments[0], rows, column => i => !column.IsNull(i)));
}
