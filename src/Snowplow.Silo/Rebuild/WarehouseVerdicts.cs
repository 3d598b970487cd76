using System.CommandLine;
using Snowplow.Silo.Serve;
using Snowplow.Warehouse;
using Snowplow.Warehouse.Tables;
using Spectre.Console;

namespace Snowplow.Silo.Rebuild;

/// <summary><c>snowplow rebuild --check</c>: tells whether a warehouse is as it was written.</summary>
internal static class WarehouseVerdicts
{
    /// <summary>Checks a warehouse and returns the exit code: 0 where nothing is damaged.</summary>
    /// <exception cref="StartupException">There is none, or not that table.</exception>
    public static int Check(string folder, string? table, InvocationConfiguration console, CancellationToken stop)
    {
        WarehouseVerdict verdict;
        try
        {
            verdict = Show(progress => WarehouseCheck.Run(folder, table, progress, stop));
        }
        catch (Exception wrong) when (wrong is InvalidDataException or DirectoryNotFoundException)
        {
            throw new StartupException(wrong.Message);
        }

        if (table is not null && verdict.Tables == 0) throw new StartupException($"There is no table '{table}' in '{folder}', or it has no rows on disk.");
        if (verdict.Damage.Count == 0)
        {
            console.Output.WriteLine($"All is well: {verdict.Extents:N0} extents of {verdict.Tables:N0} tables, {verdict.Bytes / 1e6:N1} MB, are as they were written.");
            return 0;
        }

        foreach (var damage in verdict.Damage)
            console.Error.WriteLine($"snowplow: {damage.File} of '{damage.Table}' is damaged{(damage.Column is { } column ? $" in column '{column}'" : "")}: {damage.Reason}.");
        var tables = verdict.Damage.Select(damage => damage.Table).Distinct().ToList();
        var landed = tables.Where(name => WarehouseTables.All.Any(known => known.Name == name)).ToList();
        if (landed.Count > 0) console.Error.WriteLine($"snowplow: Stop the server and make anew what landed: {string.Join("; ", landed.Select(name => $"snowplow rebuild --table {name}"))}.");
        foreach (var own in tables.Except(landed)) console.Error.WriteLine($"snowplow: '{own}' is a table of a user, and is nowhere else: put its rows in again.");
        console.Output.WriteLine($"Damaged: {verdict.Damage.Select(damage => damage.File).Distinct().Count():N0} files of {string.Join(", ", tables)}, out of {verdict.Extents:N0} extents.");
        return 1;
    }

    // A bar on standard error where that is a terminal, nothing elsewhere.
    private static WarehouseVerdict Show(Func<IProgress<WarehouseCheckProgress>?, WarehouseVerdict> check)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        if (Console.IsErrorRedirected || !console.Profile.Capabilities.Ansi) return check(null);
        return console.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .Start(context => check(new Bar(context.AddTask(""))));
    }

    private sealed class Bar(ProgressTask task) : IProgress<WarehouseCheckProgress>
    {
        public void Report(WarehouseCheckProgress value)
        {
            task.MaxValue = Math.Max(1, value.Bytes);
            task.Value = value.BytesDone;
            task.Description = value.Table;
        }
    }
}
