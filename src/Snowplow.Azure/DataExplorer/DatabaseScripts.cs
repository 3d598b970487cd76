using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Snowplow.Storage.Blobs;

namespace Snowplow.Azure.DataExplorer;

/// <summary>
/// The scripts of <c>infra/kusto</c>, which make the database what the loads and the analysts need. They may be run again, and are when they
/// have changed: <c>load/scripts/{database}-{version}-{hash}</c> says which were run last. In a rollout silos of two versions take turns: the
/// older scripts never run over newer ones.
/// </summary>
internal sealed class DatabaseScripts(string folder, IBlobStore blobs, KustoClient kusto, DataExplorerOptions options)
{
    // Each may name what those before have made.
    private static readonly string[] Parts = ["tables", "views", "functions", "policies.kql", "analyses"];

    /// <summary>The file of the scripts' version, which a test raises whenever they change.</summary>
    private const string VersionFile = "version.json";

    /// <summary>Runs the scripts unless the same, or newer ones, have been run last on this database.</summary>
    /// <returns>Whether they were run.</returns>
    /// <exception cref="KustoException">A command failed; the scripts before it have been run.</exception>
    public async Task<bool> ApplyAsync(CancellationToken cancellationToken)
    {
        var scripts = Parts.SelectMany(part => Files(Path.Combine(folder, part))).ToList();
        // The container may serve another database.
        var prefix = $"load/scripts/{Hash([("", $"{options.Cluster}\n{options.Database}")])[..16]}-";
        var version = JsonElement.Parse(await File.ReadAllBytesAsync(Path.Combine(folder, VersionFile), cancellationToken)).GetProperty("version").GetInt32();
        var mark = string.Create(CultureInfo.InvariantCulture, $"{prefix}{version:D6}-{Hash(scripts)}");
        var before = new List<string>();
        await foreach (var entry in blobs.ListAsync(prefix, cancellationToken)) before.Add(entry.Name);
        if (before.Any(name => name == mark || string.CompareOrdinal(name[..(prefix.Length + 6)], mark[..(prefix.Length + 6)]) > 0)) return false;
        foreach (var (_, text) in scripts) await kusto.RunAsync($".execute database script with (ThrowOnErrors=true) <|\n{text}", cancellationToken);
        // What was loaded is told apart by tags for as long as a batch may be tried again.
        await kusto.RunAsync(
            $$""".alter database ['{{options.Database}}'] policy extent_tags_retention '[{"TagPrefix":"ingest-by:","RetentionPeriod":"3.00:00:00"}]'""", cancellationToken);
        await blobs.TryAppendAsync(mark, 0, "{}"u8.ToArray(), cancellationToken);
        foreach (var name in before) await blobs.DeleteAsync(name, cancellationToken);
        return true;
    }

    private static IEnumerable<(string File, string Text)> Files(string path) =>
        (File.Exists(path) ? [path] : Directory.GetFiles(path, "*.kql")).Order(StringComparer.Ordinal).Select(file => (file, File.ReadAllText(file)));

    private static string Hash(IEnumerable<(string File, string Text)> scripts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (file, text) in scripts) hash.AppendData(Encoding.UTF8.GetBytes($"{Path.GetFileName(file)}\n{text}\n"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
