using System.Globalization;
using System.Text.Json;
using Snowplow.Model;
using Snowplow.Model.Rules;
using Snowplow.Storage.Blobs;

namespace Snowplow.Silo.Serve;

/// <summary>
/// How the tables have been made: the folder <c>model</c> beside what has landed holds the generation of the code, how often all
/// was made anew, and each version of the model rules as it was, so that whoever reads <c>model_version</c> in a row can look it up.
/// Servers of a cluster that start together agree.
/// </summary>
/// <param name="blobs">Where they are.</param>
/// <param name="remodel">How to have all tables made anew, for people.</param>
internal sealed class ModelHistory(IBlobStore blobs, string remodel)
{
    private const string HistoryFile = "model/history.json";

    /// <summary>Checks that this program and these rules may go on with what is there, and notes the rules.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="file">The rules as the user wrote them; empty for the built-in ones.</param>
    /// <param name="isBegun">Whether there are states, where no history is.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <returns>The rules as these tables take them.</returns>
    /// <exception cref="StartupException">They may not; the message says what to do.</exception>
    public async Task<ModelRules> GoOnAsync(ModelRules rules, byte[] file, bool isBegun, CancellationToken stop)
    {
        var cuts = rules.Sessions.ToString();
        await ChangeAsync(Checked, stop).ConfigureAwait(false);
        if (rules.Version != 0) await NoteAsync(rules.Version, file, stop).ConfigureAwait(false);
        var history = await ChangeAsync(before => Checked(before) with { SessionRules = cuts }, stop).ConfigureAwait(false);
        return rules.Remodelled(history.Remodels, history.FirstRevision);

        History Checked(History? history)
        {
            if (history is null && isBegun) throw Outdated("The tables were made by an earlier version of this program.");
            history ??= new History(ModelVersion.Generation, 0, null);
            if (history.Generation == 0) throw Outdated("'snowplow remodel' was broken off.");
            if (history.Generation != ModelVersion.Generation)
                throw Outdated($"The tables are of model generation {history.Generation}, and this program is of {ModelVersion.Generation}.");
            if (history.SessionRules is { } before && before != cuts)
                throw Outdated($"Sessions were cut and measured otherwise so far ({before}, now {cuts}), and those that are kept cannot be cut again.");
            return history;
        }
    }

    /// <summary>Says that the tables are made by this program, anew, from now on.</summary>
    public Task BeginAsync(CancellationToken stop) =>
        ChangeAsync(history => new History(ModelVersion.Generation, (history?.Remodels ?? 0) + 1, null) { FirstRevision = history?.FirstRevision ?? 0 }, stop);

    /// <summary>Says that nothing is certain about the tables: no server starts until <see cref="BeginAsync"/>.</summary>
    public Task ForgetAsync(CancellationToken stop) =>
        ChangeAsync(history => new History(0, history?.Remodels ?? 0, null) { FirstRevision = history?.FirstRevision ?? 0 }, stop);

    /// <summary>The <c>model_generation</c> of the tables that are there; null where none are, or they are not whole.</summary>
    public async Task<int?> GenerationAsync(CancellationToken stop) =>
        (await ReadAsync(stop).ConfigureAwait(false)).History is { Generation: > 0 } history ? (history.Generation * 1000) + history.Remodels : null;

    /// <summary>The <c>model_generation</c> of the tables that this program makes when all is made anew.</summary>
    public async Task<int> NextGenerationAsync(CancellationToken stop) =>
        (ModelVersion.Generation * 1000) + ((await ReadAsync(stop).ConfigureAwait(false)).History?.Remodels ?? 0) + 1;

    /// <summary>Says that states up to a revision are to be purged: states that are made anew go on after it.</summary>
    public Task BeginAfterAsync(long revision, CancellationToken stop) =>
        ChangeAsync(history => history is null || revision <= history.FirstRevision ? history! : history with { FirstRevision = revision }, stop);

    private async Task<History> ChangeAsync(Func<History?, History> change, CancellationToken stop)
    {
        while (true)
        {
            var (content, history) = await ReadAsync(stop).ConfigureAwait(false);
            var changed = change(history);
            if (changed == history || await blobs.TryReplaceAsync(HistoryFile, content, JsonSerializer.SerializeToUtf8Bytes(changed), stop).ConfigureAwait(false)) return changed;
        }
    }

    private async Task<(byte[] Content, History? History)> ReadAsync(CancellationToken stop)
    {
        var content = await blobs.ReadWholeAsync(HistoryFile, stop).ConfigureAwait(false);
        return (content, content.Length == 0 ? null : JsonSerializer.Deserialize<History>(content));
    }

    private async Task NoteAsync(int version, byte[] rules, CancellationToken stop)
    {
        var file = string.Create(CultureInfo.InvariantCulture, $"model/rules-{version}.json");
        if (await blobs.TryReplaceAsync(file, default, rules, stop).ConfigureAwait(false)) return;
        var before = await blobs.ReadWholeAsync(file, stop).ConfigureAwait(false);
        if (!rules.AsSpan().SequenceEqual(before))
            throw new StartupException(
                $"The model rules have changed, but their version is {version} as before ('{file}' beside what has landed has what it was). Raise \"version\": rows say by it which rules made them.");
    }

    private StartupException Outdated(string why) => new(
        $"{why} {remodel}: the next start then makes all tables anew from the enriched files, which stay as they are.");

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
