using System.Globalization;
using Spectre.Console;

namespace Snowplow.Silo.Lint;

/// <summary>Writes a report for people: tables on a terminal, aligned columns elsewhere.</summary>
/// <param name="output">Where it goes.</param>
/// <param name="isTerminal">Whether people look at it as it comes.</param>
internal sealed class LintText(TextWriter output, bool isTerminal)
{
    private const int MostChars = 100;
    private readonly IAnsiConsole _console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });

    /// <summary>Writes it.</summary>
    public void Write(LintReport report)
    {
        Line($"Taken for {report.Input}.");
        Problems(report.Problems);
        foreach (var (index, e) in report.Events.Index()) Write(index, report.Events.Count, e);
        Line(report.IsGood ? "good" : "bad");
    }

    private void Write(int index, int count, LintedEvent e)
    {
        Line("");
        Line(string.Create(CultureInfo.InvariantCulture, $"Event {index + 1} of {count}: {(e.IsGood ? "good" : "bad")}"));
        Problems(e.Problems);
        Table(["parameter", "value", "column", "becomes"], e.Parameters.Select(parameter => (string[])
            [parameter.Name, parameter.Value ?? "", parameter.Column ?? "-", parameter.Note is { } note ? $"({note})" : parameter.Became ?? ""]));
        Table(["in", "schema", "valid data"], e.Entities.Select(entity => (string[])[entity.In, entity.Schema, entity.Data]));
        Table(["enrichment", "column", "becomes"], e.Enrichments.Select(change => (string[])[change.Enrichment, change.Column, change.Value ?? "(cleared)"]));
    }

    private void Problems(IReadOnlyList<LintProblem> problems)
    {
        foreach (var problem in problems)
        {
            Line($"  {problem.BadRow}: {problem.Message}");
            Line($"    {problem.Advice}");
        }
    }

    private void Table(string[] heads, IEnumerable<string[]> rows)
    {
        var cells = rows.Select(row => row.Select(Cut).ToArray()).ToList();
        if (cells.Count == 0) return;
        Line("");
        if (isTerminal)
        {
            var table = new Table().RoundedBorder();
            foreach (var head in heads) table.AddColumn(head);
            foreach (var row in cells) table.AddRow([.. row.Select(cell => cell.EscapeMarkup())]);
            _console.Write(table);
            return;
        }

        cells.Insert(0, heads);
        var widths = Enumerable.Range(0, heads.Length).Select(column => cells.Max(row => row[column].Length)).ToArray();
        foreach (var row in cells)
            Line($"  {string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd()}");
    }

    private void Line(string text) => output.WriteLine(text);

    private static string Cut(string text)
    {
        var line = new string([.. text.Take(MostChars).Select(c => char.IsControl(c) ? ' ' : c)]);
        return text.Length > MostChars ? $"{line}…" : line;
    }
}
