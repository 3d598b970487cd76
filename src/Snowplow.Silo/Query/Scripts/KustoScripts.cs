using Snowplow.Kql;
using Snowplow.Kql.Commands;
using Snowplow.Kql.Data;
using Snowplow.Kql.Schema;
using Snowplow.Kql.Syntax;
using Snowplow.Silo.Serve;
using Snowplow.Warehouse.Tables;

namespace Snowplow.Silo.Query.Scripts;

/// <summary>
/// The scripts of <c>infra/kusto</c>, which Data Explorer loads too, as they lie beside the program. Of these the analyses are loaded as they are. The
/// tables that analysts ask are functions there and are the platform's own here, so that only their descriptions are taken, once their columns agree.
/// </summary>
internal static class KustoScripts
{
    /// <summary>The folder of the scripts.</summary>
    public static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "kusto");

    /// <summary>The tables of the platform without their rows.</summary>
    public static readonly IReadOnlyList<Table> Platform =
        [.. WarehouseTables.All.Select(table => new MemoryTable(table.Name, [.. table.Columns.Take(table.VisibleColumns)], [], 0))];

    /// <summary>The catalog of a database of these tables: what they hold, and the stored functions.</summary>
    /// <param name="platform">The tables of the platform.</param>
    /// <param name="others">Other tables that the user's scripts may name.</param>
    /// <param name="own">A folder of the user's scripts, whose functions may stand in the place of those of the platform; null for none.</param>
    /// <exception cref="StartupException">A script has an error, which is told with its file and line.</exception>
    public static Catalog Load(IReadOnlyCollection<Table> platform, IReadOnlyCollection<Table> others, string? own)
    {
        var database = LoadOfProgram(platform, others);
        if (own is null) return database.Catalog;
        if (!Directory.Exists(own)) throw new StartupException($"There is no folder '{own}' of scripts.");
        return Run(database, own, isValidating: true).Catalog;
    }

    /// <summary>What is wrong with a folder of the user's scripts: the first faults of each file, with their lines and places.</summary>
    public static IEnumerable<string> Faults(string own)
    {
        var database = LoadOfProgram(Platform, []);
        foreach (var file in Files(own))
        {
            string? fault = null;
            try
            {
                database = RunFile(database, file, isValidating: true);
            }
            catch (StartupException wrong)
            {
                // What the others need of it is missing there, too.
                fault = wrong.Message;
            }

            if (fault is not null) yield return fault;
        }
    }

    /// <summary>Runs the commands of a file.</summary>
    /// <param name="database">The database before them.</param>
    /// <param name="file">The file.</param>
    /// <param name="isValidating">Whether bodies of functions are bound.</param>
    /// <exception cref="StartupException">One has an error, which is told with its file and line.</exception>
    public static Database RunFile(Database database, string file, bool isValidating)
    {
        var text = File.ReadAllText(file);
        if (text.Length == 0) return database;
        try
        {
            return new CommandEngine(database) { IsValidating = isValidating }.Run(text, new QueryOptions { ReadUserAgent = UserAgentBags.Read }).Database;
        }
        catch (KqlException exception)
        {
            throw new StartupException(Told(file, text, exception));
        }
    }

    // What comes with the program is bound by its tests.
    private static Database LoadOfProgram(IReadOnlyCollection<Table> platform, IReadOnlyCollection<Table> others)
    {
        var catalog = DescribedTables.Of(platform, Run(Run(new Database([]), Path.Combine(Folder, "tables")), Path.Combine(Folder, "functions")).Catalog);
        return Run(new Database([.. platform, .. others], catalog), Path.Combine(Folder, "analyses"));
    }

    private static Database Run(Database database, string folder, bool isValidating = false) => Files(folder).Aggregate(database, (loaded, file) => RunFile(loaded, file, isValidating));

    private static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(folder, "*.kql", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    private static string Told(string file, string text, KqlException exception) =>
        exception.Diagnostics.Count == 0 ? $"{file}: {exception.Message}" : string.Join('\n', exception.Diagnostics.Select(diagnostic =>
        {
            var (line, column) = TextPlace.Of(text, diagnostic.Span.Start);
            return $"{file}, line {line}, column {column}: {diagnostic.Message}\n{QueryErrorText.Caret(text, diagnostic.Span).TrimEnd('\n')}";
        }));
}
