using Spectre.Console;

namespace Snowplow.Silo.Replay;

/// <summary>Shows a replay while it goes on: a bar on standard error where that is a terminal, nothing elsewhere.</summary>
internal static class ReplayProgress
{
    /// <summary>Runs all units.</summary>
    public static async Task RunAsync(Replayer replayer, IReadOnlyList<ReplayUnit> units, CancellationToken stop)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        if (Console.IsErrorRedirected || !console.Profile.Capabilities.Ansi)
        {
            foreach (var unit in units) await replayer.RunAsync(unit, stop).ConfigureAwait(false);
            return;
        }

        await console.Progress().Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn()).StartAsync(async context =>
        {
            var bar = context.AddTask("replay", maxValue: Math.Max(1, units.Sum(unit => unit.SizeBytes)));
            foreach (var unit in units)
            {
                bar.Description = Path.GetFileName(unit.Name).EscapeMarkup();
                await replayer.RunAsync(unit, stop).ConfigureAwait(false);
                bar.Increment(unit.SizeBytes);
            }
        }).ConfigureAwait(false);
    }
}
