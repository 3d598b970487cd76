using System.Buffers;
using System.Text;

namespace Snowplow.Enrich.Uris;

/// <summary>
/// Which bytes may stand where in a URI: RFC 2396 with the deviations of <c>java.net.URI</c> (characters beyond ASCII stand
/// as they are unless they are control or space characters).
/// </summary>
internal static class UriCharacters
{
    private const string Alphanumeric = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private const string Unreserved = Alphanumeric + "-_.!~*'()";

    /// <summary>Any component but the path: reserved, unreserved and the percent sign (checked apart).</summary>
    public static readonly SearchValues<byte> Uric = Ascii(Unreserved + ";/?:@&=+$,[]%");

    /// <summary>The path.</summary>
    public static readonly SearchValues<byte> PathBytes = Ascii(Unreserved + "/;:@&=+$,%");

    /// <summary>User information before a host.</summary>
    public static readonly SearchValues<byte> UserInfo = Ascii(Unreserved + ";:&=+$,%");

    /// <summary>An authority that is no host and port.</summary>
    public static readonly SearchValues<byte> RegistryName = Ascii(Unreserved + "$,;:@&=+%");

    /// <summary>A scheme behind its first letter.</summary>
    public static readonly SearchValues<byte> Scheme = Ascii(Alphanumeric + "+-.");

    /// <summary>Whether a component holds nothing but these ASCII bytes, whole percent escapes and printable characters beyond ASCII.</summary>
    public static bool AreLegal(ReadOnlySpan<byte> component, SearchValues<byte> legal)
    {
        while (true)
        {
            var at = component.IndexOfAnyExcept(legal);
            var ascii = at < 0 ? component : component[..at];
            if (ascii.Contains((byte)'%') && !HasWholeEscapes(ascii)) return false;
            if (at < 0) return true;
            component = component[at..];
            if (!IsOther(component, out var length)) return false;
            component = component[length..];
        }
    }

    /// <summary>Whether text begins with a character beyond ASCII that may stand in a URI as it is, and how many bytes it has.</summary>
    public static bool IsOther(ReadOnlySpan<byte> utf8, out int length)
    {
        if (Rune.DecodeFromUtf8(utf8, out var rune, out length) != OperationStatus.Done || rune.IsAscii) return false;
        return !Rune.IsControl(rune) && !Rune.IsWhiteSpace(rune);
    }

    /// <summary>Whether text begins with a percent sign and two hexadecimal digits.</summary>
    public static bool IsEscape(ReadOnlySpan<byte> utf8) =>
        utf8 is [(byte)'%', var high, var low, ..] && char.IsAsciiHexDigit((char)high) && char.IsAsciiHexDigit((char)low);

    private static bool HasWholeEscapes(ReadOnlySpan<byte> ascii)
    {
        for (var at = ascii.IndexOf((byte)'%'); at >= 0; at = ascii.IndexOf((byte)'%'))
        {
            if (!IsEscape(ascii[at..])) return false;
            ascii = ascii[(at + 3)..];
        }

        return true;
    }

    private static SearchValues<byte> Ascii(string characters) => SearchValues.Create(Encoding.ASCII.GetBytes(characters));
}
