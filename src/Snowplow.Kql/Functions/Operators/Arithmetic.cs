using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Operators;

/// <summary>The arithmetic operators. Integers are long and wrap around; a division of integers by zero gives null.</summary>
internal static class Arithmetic
{
    public static readonly ScalarFunction Add = ScalarFunction.Named("+", 1, "Sum of numbers or timespans; a datetime and a timespan.")
        .On((long a, long b) => a + b)
        .On((double a, double b) => a + b)
        .Try<decimal, decimal, decimal>(DecimalMath.Add)
        .On((TimeSpan a, TimeSpan b) => new TimeSpan(a.Ticks + b.Ticks))
        .Try((DateTime a, TimeSpan b) => Time(a.Ticks + b.Ticks))
        .Try((TimeSpan a, DateTime b) => Time(a.Ticks + b.Ticks));

    public static readonly ScalarFunction Subtract = ScalarFunction.Named("-", 1, "Difference of numbers, timespans or datetimes.")
        .On((long a, long b) => a - b)
        .On((double a, double b) => a - b)
        .Try<decimal, decimal, decimal>(DecimalMath.Subtract)
        .On((TimeSpan a, TimeSpan b) => new TimeSpan(a.Ticks - b.Ticks))
        .On((DateTime a, DateTime b) => new TimeSpan(a.Ticks - b.Ticks))
        .Try((DateTime a, TimeSpan b) => Time(a.Ticks - b.Ticks));

    public static readonly ScalarFunction Multiply = ScalarFunction.Named("*", 1, "Product of numbers; a timespan and a number.")
        .On((long a, long b) => a * b)
        .On((double a, double b) => a * b)
        .Try<decimal, decimal, decimal>(DecimalMath.Multiply)
        .On((TimeSpan a, long b) => new TimeSpan(a.Ticks * b))
        .On((long a, TimeSpan b) => new TimeSpan(a * b.Ticks))
        .On((TimeSpan a, double b) => Span(a.Ticks * b))
        .On((double a, TimeSpan b) => Span(a * b.Ticks));

    public static readonly ScalarFunction Divide = ScalarFunction.Named("/", 1, "Quotient; of integers it is cut, of timespans it is real.")
        .Try(long? (long a, long b) => b == 0 ? null : b == -1 ? -a : a / b)
        .On((double a, double b) => a / b)
        .Try<decimal, decimal, decimal>(DecimalMath.Divide)
        .On((TimeSpan a, TimeSpan b) => (double)a.Ticks / b.Ticks)
        .Try(TimeSpan? (TimeSpan a, long b) => b == 0 ? null : new TimeSpan(b == -1 ? -a.Ticks : a.Ticks / b))
        .On((TimeSpan a, double b) => Span(a.Ticks / b));

    public static readonly ScalarFunction Modulo = ScalarFunction.Named("%", 1, "Remainder, never negative.")
        .Try((long a, long b) => Remainder(a, b))
        .Try(double? (double a, double b) => b == 0 ? null : a % b is var rest && rest < 0 ? rest + Math.Abs(b) : rest)
        .Try<decimal, decimal, decimal>(DecimalMath.Remainder)
        .Try(TimeSpan? (TimeSpan a, TimeSpan b) => Remainder(a.Ticks, b.Ticks) is { } ticks ? new TimeSpan(ticks) : null)
        .Try(TimeSpan? (DateTime a, TimeSpan b) => Remainder(a.Ticks, b.Ticks) is { } ticks ? new TimeSpan(ticks) : null);

    public static readonly ScalarFunction Negate = ScalarFunction.Named("-", 1, "The number or timespan with the other sign.")
        .On((long a) => -a)
        .On((double a) => -a)
        .On((decimal a) => -a)
        .On((TimeSpan a) => new TimeSpan(-a.Ticks));

    public static readonly ScalarFunction[] All = [Add, Subtract, Multiply, Divide, Modulo];

    private static long? Remainder(long a, long b)
    {
        if (b is 0) return null;
        if (b is -1 or 1) return 0;
        var rest = a % b;
        return rest >= 0 ? rest : b < 0 ? rest - b : rest + b;
    }

    private static DateTime? Time(long ticks) => ticks < 0 || ticks > DateTime.MaxValue.Ticks ? null : new DateTime(ticks);

    private static TimeSpan Span(double ticks) => new(double.IsNaN(ticks) ? 0 : ticks >= long.MaxValue ? long.MaxValue : ticks <= long.MinValue ? long.MinValue : (long)ticks);
}
