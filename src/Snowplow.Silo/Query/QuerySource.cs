using System.CommandLine;
using Snowplow.Kql.Data;
using Snowplow.Silo.CommandLine;
using Snowplow.Silo.Serve;

namespace Snowplow.Silo.Query;

/// <summary>The options that say what a query is asked of: a running server, or a data folder and files.</summary>
internal static class QuerySource
{
    private static readonly Option<string?> Data = new("--data") { Description = "The data folder of a server.", HelpName = "folder" };
    private static readonly Option<string[]> Tables = new("--table") { Description = "A table and its file, as name=file; may be given several times.", HelpName = "name=file" };
    private static readonly Option<string?> Scripts = new("--scripts") { Description = "A folder of .kql files with functions of your own, beside --data or --table.", HelpName = "folder" };

    /// <summary>Adds the options to a command.</summary>
    public static void AddTo(Command command)
    {
        foreach (var option in (Option[])[ServerAccess.Url, ServerAccess.ApiKey, Data, Tables, Scripts]) command.Add(option);
    }

    /// <summary>Whether a server was named.</summary>
    public static bool IsServerNamed(ParseResult result) => result.GetValue(ServerAccess.Url) is not null;

    /// <summary>The database of the files that were named; null where a server is to be asked.</summary>
    /// <exception cref="StartupException">Something is not to be read, or a server was named as well.</exception>
    public static async Task<Database?> LoadAsync(ParseResult result, CancellationToken stop)
    {
        var (tables, data, scripts) = (result.GetValue(Tables) ?? [], result.GetValue(Data), result.GetValue(Scripts));
        if (tables.Length == 0 && data is null && scripts is null) return null;
        if (IsServerNamed(result)) throw new StartupException("Give --url, or --data, --table and --scripts, not both: a server has its own tables and functions.");
        return await QueryTables.LoadAsync(tables, data, scripts, stop).ConfigureAwait(false);
    }
}
