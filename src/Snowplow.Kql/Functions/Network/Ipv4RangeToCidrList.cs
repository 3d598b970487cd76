using System.Numerics;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Network;

/// <summary><c>ipv4_range_to_cidr_list</c>: the fewest ranges with prefixes that hold the IPv4 addresses from one to another and no others; null where one is none.</summary>
internal static class Ipv4RangeToCidrList
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("ipv4_range_to_cidr_list", 2, "The fewest ranges with prefixes that hold the IPv4 addresses from one to another and no others; null where one is none.")
        .On((string first, string last) => Ranges(first, last));

    private static object? Ranges(string first, string last)
    {
        if (!Ipv4.TryParse(first, out var from, out _) || !Ipv4.TryParse(last, out var to, out _)) return null;
        var ranges = new List<object?>();
        while (from <= to)
        {
            // The largest range that begins here, as far as it does not go beyond the end.
            var bits = from == 0 ? 32 : BitOperations.TrailingZeroCount(from);
            while (from + (1L << bits) - 1 > to) bits--;
            ranges.Add($"{Ipv4.Text(from)}/{32 - bits}");
            from += 1L << bits;
        }

        return ranges.ToArray();
    }
}
