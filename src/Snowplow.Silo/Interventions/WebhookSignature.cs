using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Snowplow.Silo.Interventions;

/// <summary>
/// The signature of a request: <c>t=SECONDS,v1=HEX</c>, the time of the request in seconds since 1970 and the HMAC-SHA256 of that time
/// as text, a full stop and the body, by the webhook's secret, in lower-case hex.
/// </summary>
internal static class WebhookSignature
{
    /// <summary>The header that carries it.</summary>
    public const string HeaderName = "X-Snowplow-Signature";

    /// <summary>Signs a body.</summary>
    public static string Of(string secret, DateTimeOffset time, ReadOnlySpan<byte> body)
    {
        var seconds = time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.ASCII.GetBytes(seconds));
        hmac.AppendData("."u8);
        hmac.AppendData(body);
        return $"t={seconds},v1={Convert.ToHexStringLower(hmac.GetHashAndReset())}";
    }
}
