using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Snowplow.Silo.Access;

/// <summary>Who can reach the server: only this machine, or others, too.</summary>
/// <param name="server">The server, whose addresses are known once it listens.</param>
internal sealed class Exposure(IServer server)
{
    private bool? _isLocalOnly;

    /// <summary>True when every address the server listens on is of this machine alone. Meaningful once it listens.</summary>
    public bool IsLocalOnly => _isLocalOnly ??= Addresses.All(address => IsLocal(BindingAddress.Parse(address).Host));

    /// <summary>The addresses the server listens on.</summary>
    public IReadOnlyCollection<string> Addresses => [.. server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []];

    /// <summary>
    /// True when a request's <c>Host</c> header names this machine. A page on the web can make a browser send requests
    /// here under a name of its own (DNS rebinding), so being reachable only from here is not enough to trust them.
    /// </summary>
    public static bool IsLocal(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.StartsWith("unix:", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
