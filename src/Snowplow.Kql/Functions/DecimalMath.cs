namespace Snowplow.Kql.Functions;

/// <summary>Arithmetic of decimals; null where a result has more digits than a decimal holds.</summary>
internal static class DecimalMath
{
    public static decimal? Add(decimal a, decimal b) => OrNull(static (a, b) => a + b, a, b);

    public static decimal? Subtract(decimal a, decimal b) => OrNull(static (a, b) => a - b, a, b);

    public static decimal? Multiply(decimal a, decimal b) => OrNull(static (a, b) => a * b, a, b);

    public static decimal? Divide(decimal a, decimal b) => b == 0 ? null : OrNull(static (a, b) => a / b, a, b);

    /// <summary>The remainder, which is never negative.</summary>
    public static decimal? Remainder(decimal a, decimal b) => b == 0 ? null : OrNull(static (a, b) => a % b is var rest && rest < 0 ? rest + Math.Abs(b) : rest, a, b);

    /// <summary>The greatest multiple of a size that is not greater; null for sizes that are not positive.</summary>
    public static decimal? Bin(decimal value, decimal size) => size > 0 ? OrNull(static (value, size) => Math.Floor(value / size) * size, value, size) : null;

    private static decimal? OrNull(Func<decimal, decimal, decimal> f, decimal a, decimal b)
    {
        try
        {
            return f(a, b);
        }
        catch (OverflowException)
        {
            return null;
        }
    }
}
