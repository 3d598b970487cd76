using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions;

/// <summary>Calls of common forms.</summary>
internal static class ExpressionForms
{
    /// <summary>A function of three texts that gives one; null where the arguments are none.</summary>
    public static BoundExpression? OfTexts(string name, IReadOnlyList<BoundExpression> arguments, Func<string[], string> f) =>
        arguments.All(argument => Conversions.Cost(argument, KqlType.String) is not null)
            ? new CallExpression(
                name, KqlType.String, Kernels.Of((string a, string b, string c) => f([a, b, c])), [.. arguments.Select(argument => Conversions.To(argument, KqlType.String))])
            : null;
}
