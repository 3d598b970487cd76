using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Maths;

/// <summary><c>pi</c>: the number π.</summary>
internal static class Pi
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("pi", 2, "The number π.")
        .Vector(KqlType.Real, [], (_, rows, _) => Columns.Constant(KqlType.Real, Math.PI, rows));
}
