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
        var address = addresses.Count > 0 ? addresses[0] : "(no address)";
        yield return ("Send events to", string.Join("  ", addresses));
        yield return ("Data lies in", dataFolder);
        yield return ("Open", address);
        yield return ("Try", $"snowplow simulate --collector {address}");
        if (key is null)
            yield break;
        yield return ("Access", "Others can reach this server: all but the collector and health asks for an API key.");
        yield return ("API key", key.IsGenerated
            ? $"{key.Text}  (kept in {Path.Combine(dataFolder, ApiKey.FileName)}; in a browser: any user name, the key as password)"
            : "the configured one (Snowplow:ApiKey)");
    }
}
