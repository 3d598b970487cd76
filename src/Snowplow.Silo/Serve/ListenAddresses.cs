using System.Net;

namespace Snowplow.Silo.Serve;

/// <summary>Where the server listens, as <c>urls</c> says.</summary>
internal static class ListenAddresses
{
    /// <summary>The setting's name.</summary>
    public const string Key = "urls";

    /// <summary>How to choose others, for messages.</summary>
    public const string Advice = "Choose another address with --urls, such as --urls http://localhost:8081.";

    /// <summary>What is wrong with the addresses of a configuration, one message each.</summary>
    public static IEnumerable<string> Errors(IConfiguration configuration) =>
        (configuration[Key] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(address => !IsAddress(address))
            .Select(address => $"{Key}: '{address}' is no address to listen on. Addresses are written http://HOST:PORT, with a port up to {IPEndPoint.MaxPort}, and separated by ';'.");

    private static bool IsAddress(string text)
    {
        try
        {
            var address = BindingAddress.Parse(text);
            return address.Scheme is "http" or "https" && (address.IsUnixPipe || address.Port is >= 0 and <= IPEndPoint.MaxPort);
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
