using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Conditions;

/// <summary><c>isempty</c>: whether the value is null or the empty string.</summary>
internal static class Isempty
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("isempty", 1, "Whether the value is null or the empty string.")
        .Vector(KqlType.Bool, [null], (arguments, rows, _) => Isnull.Test(arguments[0], rows, column => i => IsEmpty(column, i)));

    public static bool IsEmpty(Column column, int row) => column is StringColumn strings ? strings.Utf8(row).IsEmpty : column.IsNull(row) || column.Box(row) is "";
}
