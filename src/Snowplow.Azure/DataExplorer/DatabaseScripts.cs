using System.Security.Cryptography;
using System.Text;
using Snowplow.Storage.Blobs;

namespace Snowplow.Azure.DataExplorer;

/// <summary>
/// The scripts of <c>infra/kusto</c>, which make the database what the loads and the analysts need. They may be run again, and are when they
/// have changed: <c>load/scripts/{hash}</c> says which were run last.
/// </summary>
internal sealed class DatabaseScripts(string folder, IBlobStore blobs, KustoClient kusto, DataExplorerOptions options)
{
    // Each may name what those before have made.
    private static readonly string[] Parts = ["tables", "views", "functions", "policies.kql", "analyses"];

    /// <summary>Runs the scripts unless the same have been run last on this database.</summary>
    /// <returns>Whether they were run.</returns>
    /// <exception cref="KustoException">A command failed; the scripts before it have been run.</exception>
    public async Task<bool> ApplyAsync(CancellationToken cancellationToken)
    {
        var scripts = Parts.SelectMany(part => Files(Path.Combine(folder, part))).ToList();
        var mark = $"load/scripts/{Hash(scripts)}";
        if (await blobs.GetLengthAsync(mark, cancellationToken) is not null) return false;
        foreach (var (_, text) in scripts) await kusto.RunAsync($".execute database script with (ThrowOnErrors=true) <|\n{text}", cancellationToken);
        // What was loaded is told apart by tags for as long as a batch may be tried again.
        await kusto.RunAsync(
            $$""".alter database ['{{options.Database}}'] policy extent_tags_retention '[{"TagPrefix":"ingest-by:","RetentionPeriod":"3.00:00:00"}]'""", cancellationToken);
        var before = new List<string>();
        await foreach (var entry in blobs.ListAsync("load/scripts/", cancellationToken)) before.Add(entry.Name);
        foreach (var name in before) await blobs.DeleteAsync(name, cancellationToken);
        await blobs.TryAppendAsync(mark, 0, "{}"u8.ToArray(), cancellationToken);
        return true;
    }

    private static IEnumerable<(string File, string Text)> Files(string path) =>
        (File.Exists(path) ? [path] : Directory.GetFiles(path, "*.kql")).Order(StringComparer.Ordinal).Select(file => (file, File.ReadAllText(file)));

    // Of the database too: the container may serve another one.
    private string Hash(IEnumerable<(string File, string Text)> scripts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{options.Cluster}\n{options.Database}\n"));
        foreach (var (file, text) in scripts) hash.AppendData(Encoding.UTF8.GetBytes($"{Path.GetFileName(file)}\n{text}\n"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
