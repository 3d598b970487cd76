namespace Snowplow.Kql.Execution.Sorting;

/// <summary>Stable sort of rows by codes of 64 bits: by digits of 11 bits, the least first, of as many as the codes differ in.</summary>
internal static class RadixSort
{
    private const int DigitBits = 11;
    private const int Digits = 1 << DigitBits;

    /// <summary>Puts <paramref name="order"/>, which names rows, in the order of their codes.</summary>
    /// <param name="codes">The codes of the rows; what is in it afterwards is of no use.</param>
    /// <param name="order">The rows.</param>
    /// <param name="keys">Room for a code a row.</param>
    /// <param name="other">Room for the rows.</param>
    public static void Sort(ulong[] codes, int[] order, ulong[] keys, int[] other)
    {
        var count = order.Length;
        if (count < 2) return;
        var least = ulong.MaxValue;
        var greatest = ulong.MinValue;
        foreach (var code in codes)
        {
            least = Math.Min(least, code);
            greatest = Math.Max(greatest, code);
        }

        if (least == greatest) return;
        for (var i = 0; i < count; i++) keys[i] = codes[order[i]] - least;
        var otherKeys = codes;
        var from = order;
        var places = new int[Digits];
        for (var shift = 0; shift < 64 && (greatest - least) >> shift != 0; shift += DigitBits)
        {
            Array.Clear(places);
            foreach (var key in keys) places[(int)(key >> shift) & (Digits - 1)]++;
            if (places[(int)(keys[0] >> shift) & (Digits - 1)] == count) continue;
            var at = 0;
            for (var digit = 0; digit < Digits; digit++) (places[digit], at) = (at, at + places[digit]);
            for (var i = 0; i < count; i++)
            {
                var place = places[(int)(keys[i] >> shift) & (Digits - 1)]++;
                otherKeys[place] = keys[i];
                other[place] = from[i];
            }

            (keys, otherKeys) = (otherKeys, keys);
            (from, other) = (other, from);
        }

        if (from != order) from.CopyTo(order, 0);
    }
}
