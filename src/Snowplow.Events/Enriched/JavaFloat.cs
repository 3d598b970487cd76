using System.Globalization;

namespace Snowplow.Events.Enriched;

/// <summary>Writes floats as Java's <c>Float.toString</c> does, which is what Snowplow's loaders see.</summary>
internal static class JavaFloat
{
    /// <summary>The most bytes that a float takes: <c>-1.17549435E-38</c> and some to spare.</summary>
    public const int MaxLength = 24;

    /// <summary>Writes the shortest digits that tell the number from others, at least one behind the point.</summary>
    /// <param name="value">The number.</param>
    /// <param name="destination">At least <see cref="MaxLength"/> bytes.</param>
    /// <returns>How many bytes were written.</returns>
    public static int Format(float value, Span<byte> destination)
    {
        if (!float.IsFinite(value)) return 0;
        var size = Math.Abs(value);
        if (size is 0 or (>= 1e-3f and < 1e7f))
        {
            value.TryFormat(destination, out var length, "0.0########", CultureInfo.InvariantCulture);
            return length;
        }

        // .NET writes 1E-04 where Java writes 1.0E-4.
        var text = value.ToString("0.0########E0", CultureInfo.InvariantCulture);
        return System.Text.Encoding.ASCII.GetBytes(text, destination);
    }
}
