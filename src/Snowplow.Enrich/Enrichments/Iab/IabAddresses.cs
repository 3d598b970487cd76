using System.Globalization;
using System.Text;
using Snowplow.Enrich.Addresses;

namespace Snowplow.Enrich.Enrichments.Iab;

/// <summary>The IAB's list of robots' addresses: an address or a CIDR block a line, <c>#</c> before comments. Immutable.</summary>
internal sealed class IabAddresses
{
    private const int Ipv4Offset = 96;
    private const int MaxPrefix = 128;

    // Ranges that do not touch, in ascending order.
    private readonly UInt128[] _first, _last;

    private IabAddresses(List<(UInt128 First, UInt128 Last)> ranges)
    {
        ranges.Sort();
        var merged = new List<(UInt128 First, UInt128 Last)>();
        foreach (var range in ranges)
        {
            if (merged.Count > 0 && range.First <= merged[^1].Last) merged[^1] = (merged[^1].First, UInt128.Max(merged[^1].Last, range.Last));
            else merged.Add(range);
        }

        _first = [.. merged.Select(range => range.First)];
        _last = [.. merged.Select(range => range.Last)];
    }

    /// <summary>Reads the list.</summary>
    /// <exception cref="FormatException">A line is no address and no block.</exception>
    public static IabAddresses Read(string path)
    {
        var ranges = new List<(UInt128, UInt128)>();
        var at = 0;
        foreach (var line in File.ReadLines(path))
        {
            at++;
            var text = line.Split('|')[0].Trim();
            if (text.Length == 0 || text[0] == '#') continue;
            ranges.Add(TryRange(text, out var range) ? range : throw new FormatException($"line {at}, '{line}', is no address and no CIDR block"));
        }

        return new IabAddresses(ranges);
    }

    /// <summary>Whether an address is in the list; what is no address is not.</summary>
    public bool Contains(ReadOnlySpan<byte> address)
    {
        if (!IpNumber.TryParse(address, out var number)) return false;
        var index = Array.BinarySearch(_first, number);
        if (index >= 0) return true;
        return ~index > 0 && number <= _last[~index - 1];
    }

    private static bool TryRange(string text, out (UInt128 First, UInt128 Last) range)
    {
        range = default;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (!IpNumber.TryParse(Encoding.UTF8.GetBytes(slash < 0 ? text : text[..slash]), out var address)) return false;
        var prefix = MaxPrefix;
        if (slash >= 0)
        {
            if (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out prefix)) return false;
            prefix += IpNumber.IsIpv4(address) ? Ipv4Offset : 0;
            if (prefix > MaxPrefix) return false;
        }

        // A shift by the whole width would shift by nothing.
        var host = prefix == 0 ? UInt128.MaxValue : (UInt128.One << (MaxPrefix - prefix)) - 1;
        range = (address & ~host, address | host);
        return true;
    }
}
