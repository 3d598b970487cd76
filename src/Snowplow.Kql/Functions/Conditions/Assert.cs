using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Conditions;

/// <summary><c>assert</c>: true; an error of the query where the condition is not.</summary>
internal static class Assert
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("assert", 2, "True; an error of the query where the condition is not.")
        .With(FunctionTraits.RowByRow)
        .On((bool condition, string message) => condition ? true : throw new KqlException(KqlErrorKind.Runtime, message));
}
