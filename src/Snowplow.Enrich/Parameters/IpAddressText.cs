namespace Snowplow.Enrich.Parameters;

/// <summary>The address in a text that may hold a list: what stands before the first space, comma or bar.</summary>
internal static class IpAddressText
{
    /// <summary>Cuts the list off.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> value)
    {
        var end = value.IndexOfAny((byte)' ', (byte)',', (byte)'|');
        return end < 0 ? value : value[..end];
    }
}
