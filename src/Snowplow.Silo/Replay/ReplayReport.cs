using System.Globalization;
using System.Text.Json;

namespace Snowplow.Silo.Replay;

/// <summary>How the counts differ.</summary>
/// <param name="Records">Stored records replayed.</param>
/// <param name="Kept">Bad rows without a whole payload, which stay what they are.</param>
/// <param name="Counts">Good events and bad rows by type: before and after.</param>
/// <param name="Output">Where the results are; null for a dry run.</param>
internal sealed record ReplayReport(long Records, long Kept, IReadOnlyList<ReplayReport.Row> Counts, string? Output)
{
    private static readonly JsonSerializerOptions JsonOptions = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    /// <summary>The report of a run.</summary>
    /// <param name="replayer">The run.</param>
    /// <param name="landed">What raw payloads had become before.</param>
    /// <param name="output">Where the results are; null for a dry run.</param>
    public static ReplayReport Of(Replayer replayer, ReplayCounts landed, string? output)
    {
        var types = replayer.Before.Bad.Keys.Concat(replayer.After.Bad.Keys).Concat(landed.Bad.Keys).Distinct().Order(StringComparer.Ordinal);
        return new ReplayReport(replayer.Records, replayer.Kept,
        [
            new Row("good", landed.Good, replayer.After.Good),
            .. types.Select(type => new Row(type, replayer.Before.Bad.GetValueOrDefault(type) + landed.Bad.GetValueOrDefault(type), replayer.After.Bad.GetValueOrDefault(type))),
        ], output);
    }

    /// <summary>Writes it as one JSON object.</summary>
    public void WriteJson(TextWriter output) => output.WriteLine(JsonSerializer.Serialize(this, JsonOptions));

    /// <summary>Writes it for people.</summary>
    public void WriteText(TextWriter output)
    {
        var width = Counts.Max(row => row.Name.Length);
        Line($"{"".PadRight(width)}  {"before",12}  {"after",12}  {"difference",12}");
        foreach (var row in Counts)
            Line(string.Create(CultureInfo.InvariantCulture, $"{row.Name.PadRight(width)}  {row.Before,12:N0}  {row.After,12:N0}  {row.After - row.Before,12:+#,0;-#,0;0}"));
        if (Kept > 0) Line(string.Create(CultureInfo.InvariantCulture, $"{Kept:N0} bad rows hold no whole payload and stay as they are."));
        Line(string.Create(CultureInfo.InvariantCulture, $"{Records:N0} records replayed{(Output is null ? "; a dry run, nothing is written" : $" into {Output}")}."));

        void Line(string text) => output.WriteLine(text);
    }

    /// <summary>One line of the counts.</summary>
    /// <param name="Name"><c>good</c>, or the type of a bad row.</param>
    /// <param name="Before">How many there were.</param>
    /// <param name="After">How many there are now.</param>
    internal sealed record Row(string Name, long Before, long After);
}
