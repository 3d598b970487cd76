using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Dynamics;

/// <summary><c>percentile_tdigest</c>: the value at a percentile of a state of tdigest.</summary>
internal static class PercentileTdigest
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("percentile_tdigest", 2, "The value at a percentile of a state of tdigest.")
        .NamedBy(NameRule.NameAndFirstArgument)
        .Bound(Bind);

    private static BoundExpression? Bind(IReadOnlyList<BoundExpression> arguments)
    {
        if (arguments.Count is not (2 or 3) || arguments[0].Type != KqlType.Dynamic) return null;
        var type = arguments.Count == 3 ? TypeExpression.TypeOf(arguments[2]) : KqlType.Real;
        return type is not { } result ? null : new CallExpression(
            "percentile_tdigest",
            result,
            Kernels.OfRow(result, row => ValueDigest.Parse(row[0]) is { IsEmpty: false } digest && DynamicValue.Real(row[1]) is { } percent ? DynamicValue.To(result, digest.At(percent)) : null),
            [arguments[0], arguments[1]]);
    }
}
