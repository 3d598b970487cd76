using Snowplow.Kql.Data;

namespace Snowplow.Kql.Functions;

/// <summary>Points on the Earth as a sphere, by longitude and latitude in degrees.</summary>
internal static class Globe
{
    // Metres; the service's results tell it.
    private const double Radius = 6_371_010;
    private const string Letters = "0123456789bcdefghjkmnpqrstuvwxyz";
    private const int BitsPerLetter = 5;
    private const int MaxLetters = 18;

    /// <summary>Whether there is such a point.</summary>
    public static bool IsPoint(double longitude, double latitude) => longitude is >= -180 and <= 180 && latitude is >= -90 and <= 90;

    /// <summary>The shortest way between two points, in metres.</summary>
    public static double Distance(double longitude1, double latitude1, double longitude2, double latitude2)
    {
        // The haversine formula, which keeps its digits at small distances.
        var (y1, y2) = (double.DegreesToRadians(latitude1), double.DegreesToRadians(latitude2));
        var (y, x) = (Math.Sin((y2 - y1) / 2), Math.Sin(double.DegreesToRadians(longitude2 - longitude1) / 2));
        return 2 * Radius * Math.Asin(Math.Min(1, Math.Sqrt((y * y) + (Math.Cos(y1) * Math.Cos(y2) * x * x))));
    }

    /// <summary>The geohash of a point: its cell, halved by longitude and latitude in turn. Empty where there is no such point or length (1 to 18).</summary>
    public static string Geohash(double longitude, double latitude, long length)
    {
        if (!IsPoint(longitude, latitude) || length is < 1 or > MaxLetters) return "";
        var (west, east, south, north) = (-180.0, 180.0, -90.0, 90.0);
        var hash = new char[length];
        for (var (letter, isLongitude) = (0, true); letter < length; letter++)
        {
            var value = 0;
            for (var bit = 0; bit < BitsPerLetter; bit++, isLongitude = !isLongitude)
                value = (value << 1) | (isLongitude ? Halve(ref west, ref east, longitude) : Halve(ref south, ref north, latitude));
            hash[letter] = Letters[value];
        }

        return new string(hash);
    }

    /// <summary>The middle of a geohash's cell as a point in GeoJSON; null where the text is none.</summary>
    public static Bag? Middle(string geohash)
    {
        if (geohash.Length is < 1 or > MaxLetters) return null;
        var (west, east, south, north) = (-180.0, 180.0, -90.0, 90.0);
        var isLongitude = true;
        foreach (var letter in geohash)
        {
            var value = Letters.IndexOf(letter, StringComparison.Ordinal);
            if (value < 0) return null;
            for (var bit = BitsPerLetter - 1; bit >= 0; bit--, isLongitude = !isLongitude)
            {
                var isUpper = ((value >> bit) & 1) == 1;
                if (isLongitude) Take(ref west, ref east, isUpper);
                else Take(ref south, ref north, isUpper);
            }
        }

        return new Bag { ["type"] = "Point", ["coordinates"] = new object?[] { (west + east) / 2, (south + north) / 2 } };
    }

    private static int Halve(ref double low, ref double high, double value)
    {
        var isUpper = value >= (low + high) / 2;
        Take(ref low, ref high, isUpper);
        return isUpper ? 1 : 0;
    }

    private static void Take(ref double low, ref double high, bool isUpper)
    {
        var middle = (low + high) / 2;
        if (isUpper) low = middle;
        else high = middle;
    }
}
