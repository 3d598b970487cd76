using System.Globalization;
using System.Text.Json;
using Snowplow.Model;
using Snowplow.Model.Rules;

namespace Snowplow.Silo.Serve;

/// <summary>
/// How the tables of a data folder have been made: the folder <c>model</c> in it holds the generation of the code, how often all
/// was made anew, and each version of the model rules as it was, so that whoever reads <c>model_version</c> in a row can look it up.
/// </summary>
internal static class ModelHistory
{
    private const string Folder = "model";
    private const string HistoryFile = "history.json";

    /// <summary>Checks that this program and these rules may go on with what is there, and notes the rules.</summary>
    /// <param name="dataFolder">The data folder.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="file">The rules as the user wrote them; empty for the built-in ones.</param>
    /// <returns>The rules as these tables take them.</returns>
    /// <exception cref="StartupException">They may not; the message says what to do.</exception>
    public static ModelRules GoOn(string dataFolder, ModelRules rules, byte[] file)
    {
        var history = Read(dataFolder);
        if (history is null && File.Exists(Path.Combine(dataFolder, Platform.StateFile)))
            throw Outdated(dataFolder, "The tables were made by an earlier version of this program.");
        history ??= new History(ModelVersion.Generation, 0, null);
        if (history.Generation == 0) throw Outdated(dataFolder, "'snowplow remodel' was broken off.");
        if (history.Generation != ModelVersion.Generation)
            throw Outdated(dataFolder, $"The tables are of model generation {history.Generation}, and this program is of {ModelVersion.Generation}.");

        var cuts = rules.Sessions.ToString();
        if (history.SessionRules is { } before && before != cuts)
            throw Outdated(dataFolder, $"Sessions were cut and measured otherwise so far ({before}, now {cuts}), and those that are kept cannot be cut again.");
        if (rules.Version != 0) Note(dataFolder, rules.Version, file);
        Write(dataFolder, history with { SessionRules = cuts });
        return rules.Remodelled(history.Remodels, history.FirstRevision);
    }

    /// <summary>Says that the tables are made by this program, anew, from now on.</summary>
    public static void Begin(string dataFolder) =>
        Write(dataFolder, new History(ModelVersion.Generation, (Read(dataFolder)?.Remodels ?? 0) + 1, null) { FirstRevision = FirstRevision(dataFolder) });

    /// <summary>Says that nothing is certain about the tables: no server starts until <see cref="Begin"/>.</summary>
    public static void Forget(string dataFolder) =>
        Write(dataFolder, new History(0, Read(dataFolder)?.Remodels ?? 0, null) { FirstRevision = FirstRevision(dataFolder) });

    /// <summary>The <c>model_generation</c> of the tables that are there; null where none are, or they are not whole.</summary>
    public static int? GenerationOf(string dataFolder) =>
        Read(dataFolder) is { Generation: > 0 } history ? (history.Generation * 1000) + history.Remodels : null;

    /// <summary>Says that states up to a revision are to be purged: states that are made anew go on after it.</summary>
    public static void BeginAfter(string dataFolder, long revision)
    {
        if (Read(dataFolder) is { } history && revision > history.FirstRevision) Write(dataFolder, history with { FirstRevision = revision });
    }

    private static long FirstRevision(string dataFolder) => Read(dataFolder)?.FirstRevision ?? 0;

    private static History? Read(string dataFolder)
    {
        var file = PathOf(dataFolder, HistoryFile);
        return File.Exists(file) ? JsonSerializer.Deserialize<History>(File.ReadAllBytes(file)) : null;
    }

    private static void Write(string dataFolder, History history) => Write(PathOf(dataFolder, HistoryFile), JsonSerializer.SerializeToUtf8Bytes(history));

    private static void Note(string dataFolder, int version, byte[] rules)
    {
        var file = PathOf(dataFolder, string.Create(CultureInfo.InvariantCulture, $"rules-{version}.json"));
        if (!File.Exists(file))
            Write(file, rules);
        else if (!rules.AsSpan().SequenceEqual(File.ReadAllBytes(file)))
            throw new StartupException(
                $"The model rules have changed, but their version is {version} as before ('{file}' has what it was). Raise \"version\": rows say by it which rules made them.");
    }

    // Whole or not at all, also where the machine stops meanwhile.
    private static void Write(string file, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var fresh = file + ".new";
        using (var stream = new FileStream(fresh, FileMode.Create, FileAccess.Write))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }

        File.Move(fresh, file, overwrite: true);
    }

    private static StartupException Outdated(string dataFolder, string why) => new(
        $"{why} Run 'snowplow remodel --data {dataFolder}': the next start then makes all tables anew from the enriched files, which stay as they are.");

    private static string PathOf(string dataFolder, string file) => Path.Combine(dataFolder, Folder, file);

    /// <summary>What is noted.</summary>
    /// <param name="Generation">The generation of the code; 0 while the tables are taken away.</param>
    /// <param name="Remodels">How often they have been made anew.</param>
    /// <param name="SessionRules">By what sessions are cut and measured; null before the first start.</param>
    private sealed record History(int Generation, int Remodels, string? SessionRules)
    {
        /// <summary>The greatest revision of a state that was purged.</summary>
        public long FirstRevision { get; init; }
    }
}
