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
        // The shortest digits of the float, as a double, whose pictures show more than seven digits.
        value.TryFormat(destination, out var shortest, default, CultureInfo.InvariantCulture);
        var exact = double.Parse(destination[..shortest], CultureInfo.InvariantCulture);
        var isPlain = Math.Abs(exact) is 0 or (>= 1e-3 and < 1e7);
        exact.TryFormat(destination, out var length, isPlain ? "0.0##########" : "0.0########E0", CultureInfo.InvariantCulture);
        return length;
    }
}
