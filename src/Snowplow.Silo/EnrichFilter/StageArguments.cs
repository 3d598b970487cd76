using System.CommandLine;
using Snowplow.Enrich.Iglu;
using Snowplow.Silo.Serve;

namespace Snowplow.Silo.EnrichFilter;

/// <summary>The arguments that commands without a server configure enrichment with, and the files that some of them take.</summary>
/// <param name="command">What the command is called.</param>
/// <param name="files">What its files are, for the help; null where it takes none.</param>
internal sealed class StageArguments(string command, string? files)
{
    private readonly Option<string?> _enrichments = new("--enrichments")
    {
        Description = "Folder of Snowplow's enrichment configuration files. [default: what Enrich:Enrichments says, or the enrichments that need none]",
        HelpName = "folder",
    };

    private readonly Option<string[]> _iglu = new("--iglu")
    {
        Description = "Folder of a static Iglu registry, the one that holds 'schemas'; may be repeated.",
        HelpName = "folder",
    };

    private readonly Argument<string[]> _rest = new(files is null ? "settings" : "files")
    {
        Description = files is null ? "Settings of the form --Section:Key=value." : $"{files} Also settings of the form --Section:Key=value.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <summary>Adds them to the command.</summary>
    public void AddTo(Command to)
    {
        _rest.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => !ServeCommand.IsSetting(token.Value) && (files is null || IsOption(token.Value))))
                result.AddError($"'{token.Value}' is no option of 'snowplow {command}'. Settings are written --Section:Key=value.");
        });
        to.Add(_enrichments);
        to.Add(_iglu);
        to.Add(_rest);
    }

    /// <summary>The files named.</summary>
    public IReadOnlyList<string> Files(ParseResult result) => [.. (result.GetValue(_rest) ?? []).Where(token => !ServeCommand.IsSetting(token))];

    /// <summary>The arguments as configuration settings.</summary>
    public Dictionary<string, string?> Settings(ParseResult result)
    {
        var settings = ServeCommand.Settings((result.GetValue(_rest) ?? []).Where(ServeCommand.IsSetting));
        if (result.GetValue(_enrichments) is { } folder) settings["Enrich:Enrichments"] = folder;
        return settings;
    }

    /// <summary>The platform's options as files, environment and these arguments give them.</summary>
    /// <param name="result">The arguments.</param>
    /// <param name="dataFolder">The data folder; null for the configured one.</param>
    /// <exception cref="StartupException">They are wrong; the message lists all that is.</exception>
    public PlatformOptions Read(ParseResult result, string? dataFolder = null)
    {
        var configuration = CommandConfiguration.Build(Settings(result));
        var settings = new Settings(configuration);
        var server = settings.Read(ServerConfig.Section, new ServerConfig(), options => options.Validate());
        var platform = WithRegistries(PlatformOptions.Read(settings, dataFolder ?? server.Data), result);
        settings.Add(platform.Iglu.Validate().Except(settings.Errors));
        settings.Require();
        return platform;
    }

    /// <summary>The options with the registries of <c>--iglu</c> behind those configured.</summary>
    public PlatformOptions WithRegistries(PlatformOptions options, ParseResult result)
    {
        var folders = (result.GetValue(_iglu) ?? []).Select(folder => new RegistryOptions { Name = folder, Folder = folder });
        return options with { Iglu = options.Iglu with { Registries = [.. options.Iglu.Registries, .. folders] } };
    }

    private static bool IsOption(string token) => token.Length > 1 && token[0] == '-' && !File.Exists(token);
}
