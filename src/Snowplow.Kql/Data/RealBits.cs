namespace Snowplow.Kql.Data;

/// <summary>Reals as keys: those that are one value have the same bits, both zeros and every NaN.</summary>
internal static class RealBits
{
    public static long Of(double value) => BitConverter.DoubleToInt64Bits(value == 0 ? 0.0 : double.IsNaN(value) ? double.NaN : value);
}
