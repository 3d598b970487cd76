using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Dynamics;

/// <summary><c>repeat</c>: a value so many times in an array; null for a negative number.</summary>
internal static class Repeat
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("repeat", 2, "A value so many times in an array; null for a negative number.")
        .NamedBy(NameRule.PrefixAndFirstArgument, "repeat")
        .Row(KqlType.Dynamic, [null, KqlType.Long], row => row[1] is long and >= 0 and var count ? Enumerable.Repeat(DynamicValue.Of(row[0]), (int)Math.Min(count, MaxItems)).ToArray() : null);

    private const int MaxItems = 1_048_576;
}
