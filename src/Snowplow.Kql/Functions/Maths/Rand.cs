using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Maths;

/// <summary><c>rand</c>: a random number from 0 to 1; of a number n, a whole one less than n.</summary>
internal static class Rand
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("rand", 1, "A random number from 0 to 1; of a number n, a whole one less than n.")
        .NamedBy(NameRule.FirstArgument)
        .With(FunctionTraits.NotDeterministic)
        .Vector(KqlType.Real, [], (_, rows, _) => new ValueColumn<double>(KqlType.Real, [.. Enumerable.Range(0, rows).Select(_ => Random.Shared.NextDouble())]))
        .Vector(KqlType.Real, [KqlType.Long], (arguments, rows, _) => new ValueColumn<double>(KqlType.Real, [.. Enumerable.Range(0, rows).Select(i => arguments[0].Box(i) is long and > 0 and var most ? Random.Shared.NextInt64(most) : Random.Shared.NextDouble())]));
}
