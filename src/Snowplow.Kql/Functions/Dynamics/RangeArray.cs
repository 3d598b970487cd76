using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Dynamics;

/// <summary><c>range</c>: values at equal steps in an array, both ends included.</summary>
internal static class RangeArray
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("range", 1, "Values at equal steps in an array, both ends included.")
        .Row(KqlType.Dynamic, [null, null], row => Steps(row[0], row[1], null))
        .Row(KqlType.Dynamic, [null, null, null], row => Steps(row[0], row[1], row[2]));

    private const int MaxItems = 1_048_576;

    private static object?[]? Steps(object? from, object? to, object? step)
    {
        if (from is DateTime start && to is DateTime end)
            return Items(start.Ticks, end.Ticks, step is TimeSpan span ? span.Ticks : TimeSpan.TicksPerHour, ticks => new DateTime(ticks, DateTimeKind.Utc));
        if (from is TimeSpan first && to is TimeSpan last)
            return Items(first.Ticks, last.Ticks, step is TimeSpan width ? width.Ticks : TimeSpan.TicksPerHour, ticks => new TimeSpan(ticks));
        if (from is double || to is double || step is double)
        {
            if (DynamicValue.Real(from) is not { } a || DynamicValue.Real(to) is not { } b || DynamicValue.Real(step ?? 1L) is not { } s || s == 0) return null;
            var count = (int)Math.Clamp(Math.Floor(((b - a) / s) + 1e-9) + 1, 0, MaxItems);
            return [.. Enumerable.Range(0, count).Select(i => (object?)(a + (i * s)))];
        }

        return DynamicValue.Long(from) is { } low && DynamicValue.Long(to) is { } high && DynamicValue.Long(step ?? 1L) is { } by ? Items(low, high, by, number => number) : null;
    }

    private static object?[]? Items(long from, long to, long step, Func<long, object> box)
    {
        if (step == 0) return null;
        var items = new List<object?>();
        for (var value = (Int128)from; step > 0 ? value <= to : value >= to; value += step)
        {
            if (items.Count >= MaxItems) break;
            items.Add(box((long)value));
        }

        return [.. items];
    }
}
