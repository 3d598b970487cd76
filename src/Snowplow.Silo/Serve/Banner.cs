using Snowplow.Silo.Access;
using Snowplow.Silo.CommandLine;
using Spectre.Console;

namespace Snowplow.Silo.Serve;

/// <summary>What the server says once it listens: where to send events, where data lies, what to open, who may.</summary>
internal static class Banner
{
    /// <summary>Writes it, with colours on a terminal and plain elsewhere.</summary>
    public static void Write(IServiceProvider services, TextWriter output)
    {
        var exposure = services.GetRequiredService<Exposure>();
        var lines = Lines(
            [.. exposure.Addresses], services.GetRequiredService<DataFolder>().Path, exposure.IsLocalOnly ? null : services.GetRequiredService<Lazy<ApiKey>>().Value);
        if (Console.IsOutputRedirected)
        {
            output.WriteLine($"snowplow {VersionCommand.ProductVersion}");
            foreach (var (label, text) in lines)
                output.WriteLine($"{label,-16}{text}");
            return;
        }

        AnsiConsole.MarkupLine($"\n[bold]snowplow[/] [dim]{VersionCommand.ProductVersion.EscapeMarkup()}[/]\n");
        foreach (var (label, text) in lines)
            AnsiConsole.MarkupLine($"  [dim]{label,-16}[/]{text.EscapeMarkup()}");
        AnsiConsole.MarkupLine("\n  [dim]Ctrl-C stops it.[/]\n");
    }

    /// <summary>The lines: a label and a text. <paramref name="key"/> is null when nobody needs one.</summary>
    internal static IEnumerable<(string Label, string Text)> Lines(IReadOnlyList<string> addresses, string dataFolder, ApiKey? key)
    {
        yield return ("Send events to", string.Join("  ", addresses.Select(address => Named(address, Environment.MachineName)).Distinct()));
        yield return ("Data lies in", dataFolder);
        if (addresses.Count > 0)
        {
            yield return ("Open", Named(addresses[0], Environment.MachineName));
            yield return ("Try", $"{OwnCommand.Text} simulate --collector {Named(addresses[0], "localhost")}");
        }

        if (key is null)
            yield break;
        yield return ("Access", "Others can reach this server: all but the collector and health asks for an API key.");
        yield return ("API key", KeyText(key, Path.Combine(dataFolder, ApiKey.FileName)));
    }

    /// <summary>A secret is shown once, when nobody can know it yet: what a server prints ends up in logs.</summary>
    private static string KeyText(ApiKey key, string file) => key switch
    {
        { IsGenerated: false } => "the configured one (Snowplow:ApiKey)",
        { IsNew: true } => $"{key.Text}  (kept in {file}; in a browser: any user name, the key as password)",
        _ => $"kept in {file}  (in a browser: any user name, the key as password)",
    };

    /// <summary>An address that can be asked: a listener on all of a machine's addresses says <c>0.0.0.0</c>, which is none.</summary>
    private static string Named(string address, string machine)
    {
        var parsed = BindingAddress.Parse(address);
        return parsed.Host is "0.0.0.0" or "[::]" or "*" or "+" ? $"{parsed.Scheme}://{machine}:{parsed.Port}" : address;
    }
}
