using System.CommandLine;
using Snowplow.Enrich;
using Snowplow.Enrich.Enrichments;
using Snowplow.Enrich.Enrichments.Configuration;
using Snowplow.Enrich.Iglu;
using Snowplow.Silo.EnrichFilter;
using Snowplow.Silo.Kusto;
using Snowplow.Silo.Query.Scripts;
using Snowplow.Silo.Serve;

namespace Snowplow.Silo.CheckConfig;

/// <summary><c>snowplow check-config</c>: validates the configuration and prints the effective one.</summary>
internal static class CheckConfigCommand
{
    /// <summary>What the command is called.</summary>
    public const string Name = "check-config";

    /// <summary>Examples for the help.</summary>
    public const string Examples = """
        snowplow check-config
        snowplow check-config --enrichments config/enrichments --iglu ./our-schemas
        snowplow check-config --Collector:MaxBodyBytes=1000000 | jq .Collector
        """;

    private const string Description = """
        Validate the server's configuration and print the effective one as JSON, secrets masked.

        It is read as the server reads it: appsettings.json in the current folder, environment variables, arguments. Files of
        enrichments are loaded, downloads included, and the scripts of Kusto:Scripts are run over empty tables, so that what passes here starts there.

        The exit code is 1 if anything is wrong; standard error then has a line for each fault, with its file or setting, and the place of faults in scripts.
        """;

    private static readonly StageArguments Stage = new(Name, files: null);

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command(Name, Description);
        Stage.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult result)
    {
        var configuration = CommandConfiguration.Build(Stage.Settings(result));
        var settings = new Settings(configuration);
        var read = PlatformConfiguration.Read(configuration, settings);
        read = read with { Platform = Stage.WithRegistries(read.Platform, result) };
        var errors = settings.Errors.Union(read.Platform.Iglu.Validate()).Concat(RoleErrors(read.Server)).Concat(EnrichmentErrors(read.Platform)).Concat(ScriptErrors(read.Kusto)).ToList();
        foreach (var error in errors) result.InvocationConfiguration.Error.WriteLine(error);
        if (errors.Count == 0) result.InvocationConfiguration.Output.WriteLine(EffectiveConfiguration.ToJson(read));
        return errors.Count == 0 ? 0 : 1;
    }

    private static IEnumerable<string> RoleErrors(ServerConfig server)
    {
        try
        {
            RoleNames.Parse(server.Roles);
            return [];
        }
        catch (StartupException unknown)
        {
            return [$"Snowplow:Roles: {unknown.Message}"];
        }
    }

    // That the folder is there is checked with the section.
    private static IEnumerable<string> ScriptErrors(KustoConfig kusto) => kusto.Scripts is { } own && Directory.Exists(own) ? KustoScripts.Faults(own) : [];

    private static IReadOnlyList<string> EnrichmentErrors(PlatformOptions platform)
    {
        using var http = OutgoingHttp.NewClient();
        // The enrichments' own errors come whatever is wrong with the registries.
        using var resolver = new IgluResolver(new IgluOptions(), http, TimeProvider.System);
        try
        {
            EnrichmentSet.Load(platform.Enrich, http, new SelfDescribingValidator(resolver), TimeProvider.System).Dispose();
            return [];
        }
        catch (EnrichmentConfigException wrong)
        {
            return wrong.Errors;
        }
    }
}
