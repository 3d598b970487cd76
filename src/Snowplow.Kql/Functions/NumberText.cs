using System.Globalization;

namespace Snowplow.Kql.Functions;

/// <summary>Numbers as KQL writes and reads them.</summary>
internal static class NumberText
{
    /// <summary>The shortest text that reads back as the number; whole numbers keep a fraction: <c>1.0</c>.</summary>
    public static string Of(double value)
    {
        if (double.IsNaN(value)) return "NaN";
        if (double.IsInfinity(value)) return value > 0 ? "Infinity" : "-Infinity";
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAny(".E") ? text : text + ".0";
    }

    /// <summary>Reads a real, with nan and inf.</summary>
    public static bool TryReal(ReadOnlySpan<char> text, out double value)
    {
        text = text.Trim();
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)) return true;
        var isNegative = text.StartsWith("-", StringComparison.Ordinal);
        var word = text.TrimStart("+-");
        if (word.Equals("nan", StringComparison.OrdinalIgnoreCase)) value = double.NaN;
        else if (word.Equals("inf", StringComparison.OrdinalIgnoreCase) || word.Equals("infinity", StringComparison.OrdinalIgnoreCase))
            value = isNegative ? double.NegativeInfinity : double.PositiveInfinity;
        else return false;
        return true;
    }
}
