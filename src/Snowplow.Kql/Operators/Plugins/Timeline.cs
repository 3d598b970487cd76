using Snowplow.Kql.Binding;
using Snowplow.Kql.Functions;

namespace Snowplow.Kql.Operators.Plugins;

/// <summary>
/// The windows of an analysis, side by side: of equal length from its start on, or the weeks, months or years of the calendar. The window that the end
/// falls into counts as a whole; nothing before the start counts.
/// </summary>
/// <param name="Start">The first time that counts.</param>
/// <param name="Starts">The starts of the windows, in order.</param>
/// <param name="End">The first time behind the last window.</param>
internal sealed record Timeline(long Start, long[] Starts, long End)
{
    private const int MaxWindows = 100_000;

    /// <summary>The windows between two times.</summary>
    /// <param name="call">The call, for errors.</param>
    /// <param name="start">The start of the analysis.</param>
    /// <param name="end">Its end, which still counts.</param>
    /// <param name="window">Ticks, or <c>week</c>, <c>month</c> or <c>year</c>.</param>
    public static Timeline Between(PluginCall call, long start, long end, object window)
    {
        if (end < start) return new Timeline(start, [], start);
        if (window is string part) return Calendar(call, start, end, part);
        var size = (long)window;
        if (size <= 0) throw BindFailure.Semantic("SEM0219", $"The windows of {call.Syntax.Plugin.Name} must be longer than zero", call.Span);
        var count = (((Int128)end - start) / size) + 1;
        if (count > MaxWindows) throw TooMany(call);
        var starts = new long[(int)count];
        for (var k = 0; k < starts.Length; k++) starts[k] = start + (k * size);
        return new Timeline(start, starts, (long)Int128.Min((Int128)starts[^1] + size, long.MaxValue));
    }

    /// <summary>The place of the window of a time; -1 where it has none.</summary>
    public int WindowOf(long time)
    {
        if (time < Start || time >= End) return -1;
        var place = Array.BinarySearch(Starts, time);
        return place >= 0 ? place : ~place - 1;
    }

    /// <summary>The first time behind a window.</summary>
    public long EndOf(int window) => window + 1 < Starts.Length ? Starts[window + 1] : End;

    private static Timeline Calendar(PluginCall call, long start, long end, string part)
    {
        if (part is not ("week" or "month" or "year")) throw BindFailure.Semantic("SEM0219", $"The window of {call.Syntax.Plugin.Name} must be a timespan, 'week', 'month' or 'year', not '{part}'", call.Span);
        var starts = new List<long>();
        var at = TimeMath.StartOf(new DateTime(start, DateTimeKind.Utc), part, 0);
        // The first week of year 1 has no start that can be told.
        for (at ??= new DateTime(start, DateTimeKind.Utc); at is { } time && time.Ticks <= end; at = TimeMath.StartOf(time, part, 1)) starts.Add(time.Ticks);
        if (starts.Count > MaxWindows) throw TooMany(call);
        return new Timeline(start, [.. starts], at?.Ticks ?? DateTime.MaxValue.Ticks);
    }

    private static BindFailure TooMany(PluginCall call) => BindFailure.Semantic("SEM0219", $"{call.Syntax.Plugin.Name} would have more than {MaxWindows} windows: use longer ones", call.Span);
}
