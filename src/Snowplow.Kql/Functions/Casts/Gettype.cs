using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Functions.Casts;

/// <summary><c>gettype</c>: the name of the value's type, of a dynamic value that which it holds.</summary>
internal static class Gettype
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("gettype", 1, "The name of the value's type, of a dynamic value that which it holds.")
        .NamedBy(NameRule.PrefixAndFirstArgument, "type")
        .Bound(arguments => arguments is not [var value] ? null
            : value.Type == KqlType.Dynamic
                ? new CallExpression("gettype", KqlType.String, Kernels.OfRow(KqlType.String, row => Name(row[0])), [value])
                : new ConstantExpression(new Literal(KqlType.String, value.Type.Name())));

    private static string Name(object? value) => value switch
    {
        null => "null", object?[] => "array", Bag => "dictionary", bool => "bool", long => "long", double => "double", string => "string",
        DateTime => "datetime", TimeSpan => "timespan", Guid => "guid", _ => "decimal",
    };
}
