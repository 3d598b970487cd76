using System.Reflection;
using Snowplow.Kql.Commands.Core;
using Snowplow.Kql.Data;

namespace Snowplow.Kql.Commands.Databases;

/// <summary><c>.show version</c>.</summary>
internal static class ShowVersion
{
    private static readonly string BuildVersion = typeof(ShowVersion).Assembly.GetName().Version!.ToString(3);

    private static readonly string ProductVersion =
        $"Snowplow.Orleans {typeof(ShowVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? BuildVersion}";

    public static readonly CommandForm Form = new("show version", ".show version", "The version of the server.", _ => _ => CommandRows.Of(
        [("BuildVersion", KqlType.String), ("BuildTime", KqlType.DateTime), ("ServiceType", KqlType.String), ("ProductVersion", KqlType.String)],
        // Builds are the same whenever they are made, so there is no time of one.
        [[BuildVersion, null, "Engine", ProductVersion]]));
}
