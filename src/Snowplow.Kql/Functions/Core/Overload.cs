using Snowplow.Kql.Data;

namespace Snowplow.Kql.Functions.Core;

/// <summary>A form of a function.</summary>
/// <param name="Parameters">Types of the parameters; null takes any. The last one repeats where <paramref name="IsVariadic"/>.</param>
/// <param name="IsVariadic">Whether any number of further arguments may follow the last one.</param>
/// <param name="Result">Type of the result.</param>
/// <param name="Kernel">What evaluates it.</param>
internal sealed record Overload(KqlType?[] Parameters, bool IsVariadic, KqlType Result, Kernel Kernel)
{
    /// <summary>Whether it takes so many arguments.</summary>
    public bool Takes(int count) => IsVariadic ? count >= Parameters.Length : count == Parameters.Length;

    /// <summary>The type of the parameter that an argument goes to; null for any.</summary>
    public KqlType? Parameter(int argument) => Parameters[Math.Min(argument, Parameters.Length - 1)];
}
