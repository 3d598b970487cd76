using Snowplow.Kql.Data;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Binding.Expressions;

/// <summary><c>typeof(long)</c>: as a value, the type's name.</summary>
internal static class TypeExpression
{
    public static ConstantExpression Of(KqlType type) => new(new Literal(KqlType.String, type.Name()));

    /// <summary>The type that an argument names; null where it names none.</summary>
    public static KqlType? TypeOf(BoundExpression argument) =>
        argument is ConstantExpression { Value: string name } && KqlTypes.TryParse(name, out var type) ? type : null;
}
