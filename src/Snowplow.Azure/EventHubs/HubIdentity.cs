using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Snowplow.Azure.EventHubs;

/// <summary>
/// The identity of the raw stream that a hub is: of namespace, name and time of creation, so that a hub that was deleted and made anew
/// under its name is another stream.
/// </summary>
internal static class HubIdentity
{
    /// <summary>32 hexadecimal digits. This function never changes: what has landed is found by them.</summary>
    public static string Of(string fullyQualifiedNamespace, string hub, DateTimeOffset createdOn)
    {
        // Names are equal whatever their case.
        var name = string.Create(CultureInfo.InvariantCulture, $"{fullyQualifiedNamespace.ToLowerInvariant()}/{hub.ToLowerInvariant()}/{createdOn.UtcTicks}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16));
    }
}
