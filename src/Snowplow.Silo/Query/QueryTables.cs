using Snowplow.Events.Enriched;
using Snowplow.Kql.Data;
using Snowplow.Kql.Files;
using Snowplow.Silo.Filters;
using Snowplow.Silo.Query.Scripts;
using Snowplow.Silo.Serve;
using Snowplow.Warehouse.Hot;

namespace Snowplow.Silo.Query;

/// <summary>Reads the tables that arguments name.</summary>
internal static class QueryTables
{
    private static readonly string[] Endings = [".csv", ".csv.gz", ".tsv", ".tsv.gz", ".jsonl", ".jsonl.gz"];

    /// <summary>The tables of arguments such as <c>events=enriched.tsv</c>, and of a data folder.</summary>
    /// <param name="arguments">Names and files.</param>
    /// <param name="data">The data folder, or null.</param>
    /// <param name="scripts">A folder of the user's scripts, or null.</param>
    /// <param name="stop">Ends reading.</param>
    /// <exception cref="StartupException">One is not to be read.</exception>
    public static async Task<Database> LoadAsync(IReadOnlyList<string> arguments, string? data, string? scripts, CancellationToken stop)
    {
        var (platform, mark) = data is null ? ([], null) : await FolderTables.ReadAsync(data, stop).ConfigureAwait(false);
        var tables = platform.ToDictionary(table => table.Name, StringComparer.Ordinal);
        foreach (var argument in arguments)
        {
            var split = argument.IndexOf('=', StringComparison.Ordinal);
            if (split <= 0 || split == argument.Length - 1) throw new StartupException($"--table must be name=file, not '{argument}'.");
            var name = argument[..split];
            if (!tables.TryAdd(name, Read(name, argument[(split + 1)..]))) throw new StartupException($"There are two tables '{name}'.");
        }

        if (data is null && scripts is null) return new Database(tables.Values);
        var catalog = KustoScripts.Load(platform, [.. tables.Values.Except(platform)], scripts);
        var own = platform.ExceptBy(KustoScripts.Platform.Select(table => table.Name), table => table.Name).Select(table => (table.Name, table.Columns));
        return new Database(tables.Values, data is null ? catalog : KeptScript.Load(catalog, data, mark, own));
    }

    /// <summary>The table of a file, or of all files below a folder.</summary>
    /// <exception cref="StartupException">It is not to be read.</exception>
    public static MemoryTable Read(string name, string path)
    {
        var files = InputFile.Find([path], Endings);
        if (files.Count == 0) throw new StartupException($"In '{path}' is no file of {string.Join(", ", Endings)}.");
        // Files of a folder are parts of one: their first lines name the same columns, or none.
        using var bytes = new MemoryStream();
        var kind = Kind(files[0].Path);
        foreach (var (_, file) in files)
        {
            if (Kind(file) != kind) throw new StartupException($"'{path}' holds files of several kinds, {kind} and {Kind(file)}: name one of them.");
            Append(bytes, file, kind);
        }

        try
        {
            var utf8 = bytes.GetBuffer().AsSpan(0, checked((int)bytes.Length));
            return kind switch
            {
                ".csv" => DelimitedFile.ReadCsv(name, utf8),
                ".jsonl" => JsonLinesFile.Read(name, utf8),
                _ => IsEnriched(utf8) ? DelimitedFile.ReadTsv(name, utf8, EventTable.Columns) : DelimitedFile.ReadTsv(name, utf8),
            };
        }
        catch (FormatException exception)
        {
            throw new StartupException($"'{path}' cannot be read as a table: {exception.Message}.");
        }
    }

    private static string Kind(string file)
    {
        var plain = file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? file[..^3] : file;
        return Path.GetExtension(plain).ToLowerInvariant() switch
        {
            ".csv" => ".csv",
            ".tsv" => ".tsv",
            ".jsonl" or ".json" or ".ndjson" => ".jsonl",
            _ => throw new StartupException($"'{file}' is of no known kind: expected {string.Join(", ", Endings)}."),
        };
    }

    private static void Append(MemoryStream bytes, string file, string kind)
    {
        var start = bytes.Length;
        using (var source = InputFile.Open(file)) source.CopyTo(bytes);
        if (bytes.Length > start && bytes.GetBuffer()[bytes.Length - 1] != '\n') bytes.WriteByte((byte)'\n');
        if (start == 0 || kind == ".jsonl") return;
        var added = bytes.GetBuffer().AsSpan((int)start, (int)(bytes.Length - start));
        if (IsEnriched(added)) return;
        // The header of a further file goes, if it is the same.
        var header = added[..(added.IndexOf((byte)'\n') + 1)];
        if (!bytes.GetBuffer().AsSpan(0, (int)start).StartsWith(header)) throw new StartupException($"'{file}' has another header than the files before it.");
        added[header.Length..].CopyTo(added);
        bytes.SetLength(bytes.Length - header.Length);
    }

    private static bool IsEnriched(ReadOnlySpan<byte> utf8)
    {
        var end = utf8.IndexOf((byte)'\n');
        var line = end < 0 ? utf8 : utf8[..end];
        return line.Count((byte)'\t') == EventFields.Count - 1 && !line.StartsWith("app_id\t"u8);
    }
}
