using System.Globalization;
using Snowplow.Model;

namespace Snowplow.Silo.Serve;

/// <summary>
/// How the tables of a data folder have been made: the folder <c>model</c> in it holds the generation of the code, and each
/// version of the model rules as it was, so that whoever reads <c>model_version</c> in a row can look it up.
/// </summary>
internal static class ModelHistory
{
    private const string Folder = "model";
    private const string GenerationFile = "generation";

    /// <summary>Checks that this program and these rules may go on with what is there, and notes the rules.</summary>
    /// <param name="dataFolder">The data folder.</param>
    /// <param name="rulesVersion">The version of the rules; 0 for the built-in ones.</param>
    /// <param name="rules">The rules as the user wrote them; empty for the built-in ones.</param>
    /// <exception cref="StartupException">They may not; the message says what to do.</exception>
    public static void GoOn(string dataFolder, int rulesVersion, ReadOnlySpan<byte> rules)
    {
        if (!File.Exists(PathOf(dataFolder, GenerationFile)))
        {
            if (File.Exists(Path.Combine(dataFolder, Platform.StateFile)))
                throw Outdated(dataFolder, "an earlier version of this program");
            Begin(dataFolder);
        }

        var generation = File.ReadAllText(PathOf(dataFolder, GenerationFile)).Trim();
        if (generation != Text(ModelVersion.Generation))
            throw Outdated(dataFolder, $"a program of model generation {generation}, and this one is of {Text(ModelVersion.Generation)}");
        if (rulesVersion != 0) Note(dataFolder, rulesVersion, rules);
    }

    /// <summary>Says that the tables are made by this program from now on.</summary>
    public static void Begin(string dataFolder)
    {
        Directory.CreateDirectory(Path.Combine(dataFolder, Folder));
        File.WriteAllText(PathOf(dataFolder, GenerationFile), Text(ModelVersion.Generation));
    }

    /// <summary>Says that nothing is certain about the tables: no server starts until <see cref="Begin"/>.</summary>
    public static void Forget(string dataFolder)
    {
        Directory.CreateDirectory(Path.Combine(dataFolder, Folder));
        File.WriteAllText(PathOf(dataFolder, GenerationFile), "0");
    }

    private static void Note(string dataFolder, int version, ReadOnlySpan<byte> rules)
    {
        var file = PathOf(dataFolder, $"rules-{Text(version)}.json");
        if (!File.Exists(file))
            File.WriteAllBytes(file, rules);
        else if (!rules.SequenceEqual(File.ReadAllBytes(file)))
            throw new StartupException(
                $"The model rules have changed, but their version is {version} as before ('{file}' has what it was). Raise \"version\": rows say by it which rules made them.");
    }

    private static StartupException Outdated(string dataFolder, string by) => new(
        $"The tables in '{dataFolder}' were made by {by}. Run 'snowplow remodel --data {dataFolder}': the next start then makes them anew from the enriched files, which stay as they are.");

    private static string PathOf(string dataFolder, string file) => Path.Combine(dataFolder, Folder, file);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
