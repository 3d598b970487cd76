using System.Globalization;
using System.Text.Json;

namespace Snowplow.Silo.Replay;

/// <summary>How the counts differ.</summary>
/// <param name="Records">Stored records replayed.</param>
/// <param name="Kept">Bad rows without a whole payload, which stay what they are.</param>
/// <param name="NotCompared">
/// Raw records of which it is not known what the server made: it has not landed them, or in one batch with others that were not replayed.
/// </param>
/// <param name="Counts">Good events and bad rows by type: before and after.</param>
/// <param name="Output">Where the results are; null for a dry run.</param>
internal sealed record ReplayReport(long Records, long Kept, long NotCompared, IReadOnlyList<ReplayReport.Row> Counts, string? Output)
{
    private static readonly JsonSerializerOptions JsonOptions = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    /// <summary>The report of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="landed">What raw records had become, and have.</param>
    /// <param name="output">Where the results are; null for a dry run.</param>
    /// <param name="stop">Ends the reading of what had landed.</param>
    public static async Task<ReplayReport> OfAsync(ReplayRun run, LandedOutcomes landed, string? output, CancellationToken stop)
    {
        var (before, after, others) = (new ReplayCounts(), new ReplayCounts(), new ReplayCounts());
        foreach (var replayer in run.Replayers)
        {
            before.Add(replayer.Before);
            after.Add(replayer.After);
        }

        var notCompared = await landed.SumAsync(before, after, others, stop).ConfigureAwait(false);
        var types = before.Bad.Keys.Concat(after.Bad.Keys).Concat(others.Bad.Keys).Distinct().Order(StringComparer.Ordinal);
        return new ReplayReport(run.Replayers.Sum(replayer => replayer.Records), run.Replayers.Sum(replayer => replayer.Kept), notCompared,
        [
            new Row("good", before.Good, after.Good, others.Good),
            .. types.Select(type => new Row(
                type, before.Bad.GetValueOrDefault(type), after.Bad.GetValueOrDefault(type), others.Bad.GetValueOrDefault(type))),
        ], output);
    }

    /// <summary>Writes it as one JSON object.</summary>
    public void WriteJson(TextWriter output) => output.WriteLine(JsonSerializer.Serialize(this, JsonOptions));

    /// <summary>Writes it for people.</summary>
    public void WriteText(TextWriter output)
    {
        var width = Counts.Max(row => row.Name.Length);
        Line($"{"".PadRight(width)}  {"before",12}  {"after",12}  {"difference",12}{(NotCompared > 0 ? $"  {"not compared",12}" : "")}");
        foreach (var row in Counts)
        {
            var others = NotCompared > 0 ? Text($"  {row.NotCompared,12:N0}") : "";
            Line(Text($"{row.Name.PadRight(width)}  {row.Before,12:N0}  {row.After,12:N0}  {row.After - row.Before,12:+#,0;-#,0;0}{others}"));
        }

        if (NotCompared > 0)
            Line(Text($"{NotCompared:N0} records are not compared: the server has not landed them, or in one batch with others that are not replayed."));
        if (Kept > 0) Line(Text($"{Kept:N0} bad rows hold no whole payload and stay as they are."));
        Line(Text($"{Records:N0} records replayed{(Output is null ? "; a dry run, nothing is written" : $" into {Output}")}."));

        void Line(string text) => output.WriteLine(text);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>One line of the counts.</summary>
    /// <param name="Name"><c>good</c>, or the type of a bad row.</param>
    /// <param name="Before">How many there were.</param>
    /// <param name="After">How many there are now.</param>
    /// <param name="NotCompared">How many came of records that are not compared.</param>
    internal sealed record Row(string Name, long Before, long After, long NotCompared);
}
