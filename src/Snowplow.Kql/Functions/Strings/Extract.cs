using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>extract</c>: a group of the first match of a regular expression; empty or null without a match.</summary>
internal static class Extract
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("extract", 1, "A group of the first match of a regular expression; empty or null without a match.")
        .Bound(Bind);

    private static BoundExpression? Bind(IReadOnlyList<BoundExpression> arguments)
    {
        if (arguments.Count is not (3 or 4) || arguments.Count == 4 && TypeExpression.TypeOf(arguments[3]) is null) return null;
        if (Conversions.Cost(arguments[0], KqlType.String) is null || Conversions.Cost(arguments[1], KqlType.Long) is null || Conversions.Cost(arguments[2], KqlType.String) is null) return null;
        IReadOnlyList<BoundExpression> converted = [Conversions.To(arguments[0], KqlType.String), Conversions.To(arguments[1], KqlType.Long), Conversions.To(arguments[2], KqlType.String)];
        var text = new CallExpression("extract", KqlType.String, Kernels.Of((string pattern, long group, string source) => RegexCache.Get(pattern).Match(source).Groups[(int)group].Value), converted);
        return arguments.Count == 4 && TypeExpression.TypeOf(arguments[3]) is { } type ? Conversions.To(text, type) : text;
    }
}
