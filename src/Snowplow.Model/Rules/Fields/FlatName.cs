namespace Snowplow.Model.Rules.Fields;

/// <summary>
/// Compares names of schemas and of their properties with what warehouses make of them: lower case, <c>_</c> for <c>.</c> and
/// <c>-</c> and before a word that begins with an upper-case letter. Snowplow's SDKs keep runs of capitals together
/// (<c>HTTPError</c> → <c>httperror</c>), its loaders split off the last (<c>http_error</c>); both are taken.
/// </summary>
internal static class FlatName
{
    /// <summary>Whether a name is this flat name, exactly or when flattened.</summary>
    public static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> flat) =>
        name.SequenceEqual(flat) || Flattens(name, flat, splitsRuns: false) || Flattens(name, flat, splitsRuns: true);

    /// <summary>Whether an Iglu URI names this vendor and name, flattened and joined by <c>_</c>, in this model.</summary>
    /// <param name="uri">The URI: <c>iglu:com.acme.web-shop/order/jsonschema/1-0-0</c>.</param>
    /// <param name="flat">The vendor and name: <c>com_acme_web_shop_order</c>.</param>
    /// <param name="model">The digits of the model.</param>
    public static bool IsSchema(ReadOnlySpan<byte> uri, ReadOnlySpan<byte> flat, ReadOnlySpan<byte> model)
    {
        if (!uri.StartsWith("iglu:"u8)) return false;
        uri = uri["iglu:"u8.Length..];
        var vendor = Take(ref uri, (byte)'/');
        if (vendor.Length >= flat.Length || flat[vendor.Length] != '_' || !IsVendor(vendor, flat)) return false;
        var name = Take(ref uri, (byte)'/');
        Take(ref uri, (byte)'/');
        return Take(ref uri, (byte)'-').SequenceEqual(model) && Is(name, flat[(vendor.Length + 1)..]);
    }

    private static bool IsVendor(ReadOnlySpan<byte> vendor, ReadOnlySpan<byte> flat)
    {
        for (var i = 0; i < vendor.Length; i++)
        {
            if (Flat(vendor[i]) != flat[i]) return false;
        }

        return true;
    }

    private static bool Flattens(ReadOnlySpan<byte> name, ReadOnlySpan<byte> flat, bool splitsRuns)
    {
        var at = 0;
        for (var i = 0; i < name.Length; i++)
        {
            if (BeginsWord(name, i, splitsRuns) && (at == flat.Length || flat[at++] != '_')) return false;
            if (at == flat.Length || flat[at++] != Flat(name[i])) return false;
        }

        return at == flat.Length;
    }

    private static bool BeginsWord(ReadOnlySpan<byte> name, int i, bool splitsRuns)
    {
        if (i == 0 || !IsUpper(name[i]) || Flat(name[i - 1]) == '_') return false;
        return !IsUpper(name[i - 1]) || (splitsRuns && i + 1 < name.Length && char.IsAsciiLetterLower((char)name[i + 1]));
    }

    private static bool IsUpper(byte b) => char.IsAsciiLetterUpper((char)b);

    private static byte Flat(byte b) => b is (byte)'.' or (byte)'-' ? (byte)'_' : IsUpper(b) ? (byte)(b | 0x20) : b;

    // What precedes a byte, or all; goes behind it.
    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> rest, byte end)
    {
        var length = rest.IndexOf(end);
        var part = length < 0 ? rest : rest[..length];
        rest = length < 0 ? default : rest[(length + 1)..];
        return part;
    }
}
