using System.Globalization;

namespace Snowplow.Silo.CommandLine;

/// <summary>Reads durations as people write them: <c>500ms</c>, <c>30s</c>, <c>1m</c>, <c>2h</c>, or <c>00:01:30</c>.</summary>
internal static class DurationText
{
    /// <summary>False when the text is no duration, or not a positive one.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        if (TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out duration) && text.Contains(':', StringComparison.Ordinal))
            return duration > TimeSpan.Zero;
        var unit = text.AsSpan().TrimStart("0123456789.");
        double? seconds = unit switch { "ms" => 0.001, "s" => 1, "m" => 60, "h" => 3600, _ => null };
        duration = default;
        if (seconds is not { } factor
            || !double.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            || number * factor is not (> 0 and < 1e9))
        {
            return false;
        }

        duration = TimeSpan.FromSeconds(number * factor);
        return true;
    }
}
