using Snowplow.Kql;
using Snowplow.Kql.Commands;
using Snowplow.Kql.Data;
using Snowplow.Silo.Tests.Documents;

namespace Snowplow.Silo.Tests.Scripts;

/// <summary>A database as Data Explorer has it once the scripts are loaded: tables of what arrives, and everything else computed from them.</summary>
internal static class AzureDatabase
{
    /// <summary>The parts of <c>infra/kusto</c>, in the order in which they are loaded.</summary>
    public static readonly string[] Order = ["tables", "views", "functions", "policies.kql", "analyses"];

    /// <summary>A database with these rows in its tables.</summary>
    public static Database Load(params IEnumerable<Table> tables)
    {
        var database = new Database([]);
        foreach (var file in Order.SelectMany(Files))
        {
            try
            {
                database = new CommandEngine(database).Run(File.ReadAllText(file), new QueryOptions()).Database;
            }
            catch (KqlException exception)
            {
                throw new InvalidOperationException($"{Path.GetFileName(file)} at {string.Join(", ", exception.Diagnostics.Select(diagnostic => diagnostic.Span))}: {exception.Message}", exception);
            }
        }

        return new Database(tables, database.Catalog);
    }

    private static IEnumerable<string> Files(string part)
    {
        var path = Repository.Path("infra", "kusto", part);
        return Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.kql").Order(StringComparer.Ordinal) : [path];
    }
}
