using System.Security.Cryptography;
using Snowplow.EndToEnd.Tests.Harness;

namespace Snowplow.EndToEnd.Tests.Trackers;

/// <summary>The npm side of the tests: installs the trackers from the lock file and bundles the page's script.</summary>
internal static class NodeClients
{
    private static readonly TimeSpan InstallPatience = TimeSpan.FromMinutes(3);

    /// <summary>Installs what the lock file says, unless that is what is installed already.</summary>
    public static async Task InstallAsync()
    {
        var installed = Path.Combine(Built.Clients, "node_modules", ".installed-lock");
        var wanted = Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(Built.Clients, "package-lock.json"))));
        if (File.Exists(installed) && await File.ReadAllTextAsync(installed) == wanted) return;

        await ChildProcess.RunAsync("npm", ["ci", "--ignore-scripts"], Built.Clients, InstallPatience);
        await File.WriteAllTextAsync(installed, wanted);
    }

    /// <summary>Bundles a page's script with the browser tracker and its plugins.</summary>
    /// <param name="page">The page: <c>page</c> or <c>surface</c>.</param>
    /// <returns>The path of the bundle.</returns>
    public static async Task<string> BundleAsync(string page)
    {
        await InstallAsync();
        var bundle = Path.Combine(Built.Clients, "bundle", $"{page}.js");
        await ChildProcess.RunAsync("npm", ["run", "--silent", "bundle", "--", $"browser/{page}.js", $"--outfile={bundle}"], Built.Clients, Eventually.Patience);
        return bundle;
    }

    /// <summary>Runs <c>clients/node/track.js</c> to its end.</summary>
    public static async Task TrackAsync(params string[] arguments)
    {
        await InstallAsync();
        await ChildProcess.RunAsync("node", [Path.Combine("node", "track.js"), .. arguments], Built.Clients, Eventually.Patience);
    }
}
