using System.CommandLine;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Snowplow.Silo.CommandLine;

/// <summary><c>snowplow version</c>: the product's version and the runtime's.</summary>
internal static class VersionCommand
{
    /// <summary>The product's version, with the commit it was built from where the build knows it.</summary>
    public static string ProductVersion { get; } =
        typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>The product's version without the commit, as <c>v_etl</c> and bad rows hold it.</summary>
    public static string ShortVersion { get; } = ProductVersion.Split('+')[0];

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command("version", "Show the version.");
        command.SetAction(result => result.InvocationConfiguration.Output.WriteLine(
            $"snowplow {ProductVersion} ({RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier})"));
        return command;
    }
}
