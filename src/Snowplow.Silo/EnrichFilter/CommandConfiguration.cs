using Snowplow.Silo.Serve;

namespace Snowplow.Silo.EnrichFilter;

/// <summary>Reads the configuration from where the server reads it, without a server.</summary>
internal static class CommandConfiguration
{
    /// <summary>
    /// Lowest to highest: <c>appsettings.json</c> and <c>appsettings.{environment}.json</c> of the current folder, environment
    /// variables, the command line.
    /// </summary>
    /// <param name="settings">Settings of the command line.</param>
    /// <exception cref="StartupException">A file cannot be read.</exception>
    public static IConfigurationRoot Build(IReadOnlyDictionary<string, string?> settings)
    {
        var environment = Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") ?? "Production";
        try
        {
            return new ConfigurationBuilder()
                .AddEnvironmentVariables("ASPNETCORE_")
                .AddEnvironmentVariables("DOTNET_")
                .SetBasePath(Directory.GetCurrentDirectory())
                .AddJsonFile("appsettings.json", optional: true, reloadOnChange: false)
                .AddJsonFile($"appsettings.{environment}.json", optional: true, reloadOnChange: false)
                .AddEnvironmentVariables()
                .AddInMemoryCollection(settings)
                .Build();
        }
        catch (InvalidDataException unreadable)
        {
            throw StartFailure.Explain(unreadable)!;
        }
    }
}
