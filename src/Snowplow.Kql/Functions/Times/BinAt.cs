using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Times;

/// <summary><c>bin_at</c>: the value rounded down to a fixed point and multiples of a size from it.</summary>
internal static class BinAt
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("bin_at", 1, "The value rounded down to a fixed point and multiples of a size from it.")
        .NamedBy(NameRule.FirstArgument)
        .Try(long? (long value, long size, long at) => Bins.Down(value - at, size) + at)
        .Try(double? (double value, double size, double at) => size > 0 ? (Math.Floor((value - at) / size) * size) + at : null)
        .Try(TimeSpan? (TimeSpan value, TimeSpan size, TimeSpan at) => Bins.Down(value.Ticks - at.Ticks, size.Ticks) is { } ticks ? new TimeSpan(ticks + at.Ticks) : null)
        .Try(DateTime? (DateTime value, TimeSpan size, DateTime at) => Bins.Down(value.Ticks - at.Ticks, size.Ticks) is { } ticks ? TimeMath.Of(ticks + at.Ticks) : null);
}
