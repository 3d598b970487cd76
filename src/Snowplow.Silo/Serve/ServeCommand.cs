using System.CommandLine;

namespace Snowplow.Silo.Serve;

/// <summary><c>snowplow serve</c>: options and their place in the configuration.</summary>
internal static class ServeCommand
{
    /// <summary>What the command is called.</summary>
    public const string Name = "serve";

    /// <summary>Examples for the help.</summary>
    public const string Examples = """
        snowplow serve
        snowplow serve --data /var/lib/snowplow --urls http://0.0.0.0:8080
        snowplow serve --roles collector --Snowplow:ApiKey=at-least-16-characters
        """;

    private const string Description = """
        Run the server: collector, pipeline, and the pages and interfaces to look at the results.

        Configuration also comes from appsettings.json in the current folder, from environment variables
        (ASPNETCORE_URLS, Snowplow__Data, …) and from further arguments of the form --Section:Key=value.
        """;

    private static readonly Option<string?> Data = new("--data")
    {
        Description = "Folder for all data; created when absent. [default: data, under the current folder]",
        HelpName = "folder",
    };

    private static readonly Option<string?> Urls = new("--urls")
    {
        Description = "Addresses to listen on, separated by ';'. [default: http://localhost:8080]",
        HelpName = "urls",
    };

    private static readonly Option<string?> Roles = new("--roles")
    {
        Description = "What this process does: collector, pipeline, query, separated by ','. [default: all]",
        HelpName = "roles",
    };

    private static readonly Argument<string[]> Further = new("settings")
    {
        Description = "Settings of the form --Section:Key=value.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        Further.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => !IsSetting(token.Value)))
                result.AddError($"'{token.Value}' is no option of 'snowplow serve'. Settings are written --Section:Key=value.");
        });
        var command = new Command(Name, Description) { Data, Urls, Roles, Further };
        command.SetAction((result, stop) => Server.Run(Settings(result), stop));
        return command;
    }

    /// <summary>The arguments as configuration settings: key and value.</summary>
    internal static Dictionary<string, string?> Settings(ParseResult result)
    {
        var settings = Settings(result.GetValue(Further) ?? []);
        Set("Snowplow:Data", Data);
        Set("urls", Urls);
        Set("Snowplow:Roles", Roles);
        return settings;

        void Set(string key, Option<string?> option)
        {
            if (result.GetValue(option) is { } value)
                settings[key] = value;
        }
    }

    /// <summary>Settings of the form <c>--Section:Key=value</c> as key and value.</summary>
    internal static Dictionary<string, string?> Settings(IEnumerable<string> tokens)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var token in tokens)
        {
            var equals = token.IndexOf('=', StringComparison.Ordinal);
            settings[token[2..equals]] = token[(equals + 1)..];
        }

        return settings;
    }

    /// <summary>Whether an argument is a setting.</summary>
    internal static bool IsSetting(string token) => token.StartsWith("--", StringComparison.Ordinal) && token.IndexOf('=', StringComparison.Ordinal) > 2;
}
