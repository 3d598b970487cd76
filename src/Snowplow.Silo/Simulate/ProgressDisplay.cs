using System.Globalization;
using Spectre.Console;

namespace Snowplow.Silo.Simulate;

/// <summary>Shows a run while it goes on, on standard error: a bar on a terminal, a line every five seconds elsewhere.</summary>
internal static class ProgressDisplay
{
    private static readonly TimeSpan BarInterval = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(5);

    /// <summary>Runs the simulation to its end and shows how far it is.</summary>
    public static Task<SimulateReport> Show(Simulation simulation, SimulateConfig config, CancellationToken stop)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return Console.IsErrorRedirected || !console.Profile.Capabilities.Ansi
            ? ShowLines(simulation, stop)
            : ShowBar(console, simulation, config, stop);
    }

    private static async Task<SimulateReport> ShowLines(Simulation simulation, CancellationToken stop)
    {
        var run = simulation.Run(stop);
        using var timer = new PeriodicTimer(LineInterval);
        while (await Task.WhenAny(run, timer.WaitForNextTickAsync(CancellationToken.None).AsTask()).ConfigureAwait(false) != run)
            await Console.Error.WriteLineAsync(Status(simulation.Progress)).ConfigureAwait(false);
        return await run.ConfigureAwait(false);
    }

    private static Task<SimulateReport> ShowBar(IAnsiConsole console, Simulation simulation, SimulateConfig config, CancellationToken stop) =>
        console.Progress()
            .AutoRefresh(false)
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask(Status(simulation.Progress), maxValue: 1);
                var run = simulation.Run(stop);
                using var timer = new PeriodicTimer(BarInterval);
                var ended = false;
                while (!ended)
                {
                    ended = await Task.WhenAny(run, timer.WaitForNextTickAsync(CancellationToken.None).AsTask()).ConfigureAwait(false) == run;
                    bar.Value = ended ? 1 : Share(simulation.Progress, config);
                    bar.Description = Status(simulation.Progress);
                    context.Refresh();
                }

                return await run.ConfigureAwait(false);
            });

    private static double Share(SimulateProgress progress, SimulateConfig config) => config.EventLimit < long.MaxValue
        ? (double)progress.Sent / config.EventLimit
        : progress.Elapsed / (config.Duration ?? TimeSpan.FromMinutes(1));

    private static string Status(SimulateProgress progress) => string.Create(
        CultureInfo.InvariantCulture,
        $"{progress.Sent:N0} sent, {progress.Acknowledged:N0} acknowledged, {progress.Failed:N0} failed, {progress.Sent / Math.Max(0.001, progress.Elapsed.TotalSeconds):N0}/s");
}
