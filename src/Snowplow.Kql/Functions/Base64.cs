namespace Snowplow.Kql.Functions;

/// <summary>Base64 of texts.</summary>
internal static class Base64
{
    /// <summary>The bytes; null where the text is no base64.</summary>
    public static byte[]? Bytes(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }
}
