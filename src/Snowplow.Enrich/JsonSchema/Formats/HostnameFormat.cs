namespace Snowplow.Enrich.JsonSchema;

/// <summary><c>hostname</c>: labels of 1 to 63 letters, digits and inner hyphens (RFC 1034 §3.1, RFC 1123 §2.1), 253 in all.</summary>
internal static class HostnameFormat
{
    public static bool IsHostname(ReadOnlySpan<byte> text)
    {
        if (text.Length > 253)
            return false;

        while (true)
        {
            var dot = text.IndexOf((byte)'.');
            if (!IsLabel(dot < 0 ? text : text[..dot]))
                return false;
            if (dot < 0)
                return true;
            text = text[(dot + 1)..];
        }
    }

    private static bool IsLabel(ReadOnlySpan<byte> label)
    {
        if (label.Length is 0 or > 63 || label[0] == '-' || label[^1] == '-')
            return false;

        foreach (var value in label)
        {
            if (!char.IsAsciiLetterOrDigit((char)value) && value != '-')
                return false;
        }

        return true;
    }
}
