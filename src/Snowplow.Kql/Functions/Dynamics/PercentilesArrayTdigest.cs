using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Dynamics;

/// <summary><c>percentiles_array_tdigest</c>: the values at several percentiles of a state of tdigest, given one by one or in an array, in an array.</summary>
internal static class PercentilesArrayTdigest
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("percentiles_array_tdigest", 2, "The values at several percentiles of a state of tdigest, given one by one or in an array, in an array.")
        .Alias("percentile_array_tdigest")
        .NamedBy(NameRule.PrefixAndFirstArgument, "percentile_tdigest")
        .Bound(Bind);

    private static BoundExpression? Bind(IReadOnlyList<BoundExpression> arguments)
    {
        if (arguments.Count < 2 || arguments[0].Type != KqlType.Dynamic) return null;
        var isArray = arguments[1].Type == KqlType.Dynamic;
        if (isArray ? arguments.Count > 3 : !arguments.Skip(1).All(argument => argument.Type.IsNumeric())) return null;
        var type = KqlType.Real;
        if (isArray && arguments.Count == 3)
        {
            if (TypeExpression.TypeOf(arguments[2]) is not { } named) return null;
            type = named;
        }

        return new CallExpression(
            "percentiles_array_tdigest",
            KqlType.Dynamic,
            Kernels.OfRow(KqlType.Dynamic, row => Values(row[0], isArray ? row[1] as object?[] : row[1..], type)),
            isArray ? [arguments[0], arguments[1]] : arguments);
    }

    private static object?[]? Values(object? state, object?[]? percentiles, KqlType type) =>
        percentiles is null || ValueDigest.Parse(state) is not { IsEmpty: false } digest
            ? null
            : [.. percentiles.Select(one => DynamicValue.Real(one) is { } percent ? DynamicValue.Of(DynamicValue.To(type, digest.At(percent))) : null)];
}
