using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Conditions;

/// <summary><c>assert</c>: true; an error where the condition is not. It is looked at while the query is bound.</summary>
internal static class Assert
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("assert", 2, "True; an error where the condition is not, also where there are no rows. It must be known before the query runs.")
        .Bound(Bind);

    private static ConstantExpression? Bind(IReadOnlyList<BoundExpression> arguments)
    {
        if (arguments is not [{ Type: KqlType.Bool }, { Type: KqlType.String }]) return null;
        if (arguments is not [ConstantExpression condition, ConstantExpression message])
            throw new KqlException(KqlErrorKind.Semantic, "assert() needs a condition and a message that are known before the query runs");
        return condition.Value is false ? throw new KqlException(KqlErrorKind.Semantic, $"assert() has failed with message: '{message.Value}'") : condition;
    }
}
