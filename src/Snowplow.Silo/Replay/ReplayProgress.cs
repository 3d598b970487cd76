using Spectre.Console;

namespace Snowplow.Silo.Replay;

/// <summary>Shows a replay while it goes on: a bar on standard error where that is a terminal, nothing elsewhere.</summary>
internal static class ReplayProgress
{
    /// <summary>Runs all units.</summary>
    public static async Task RunAsync(ReplayRun run, IReadOnlyList<ReplayUnit> units, CancellationToken stop)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        if (Console.IsErrorRedirected || !console.Profile.Capabilities.Ansi)
        {
            await run.RunAsync(units, _ => { }, stop).ConfigureAwait(false);
            return;
        }

        await console.Progress().Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn()).StartAsync(async context =>
        {
            var bar = context.AddTask("replay", maxValue: Math.Max(1, units.Sum(unit => unit.SizeBytes)));
            await run.RunAsync(units, unit => bar.Increment(unit.SizeBytes), stop).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }
}
