namespace Snowplow.Silo.Lint;

/// <summary>What <c>lint-event</c> found.</summary>
/// <param name="Input">What the input was taken for.</param>
/// <param name="IsGood">Whether all of its events are good.</param>
/// <param name="Problems">What is wrong with the payload as a whole.</param>
/// <param name="Events">Its events, in order.</param>
internal sealed record LintReport(string Input, bool IsGood, IReadOnlyList<LintProblem> Problems, IReadOnlyList<LintedEvent> Events);

/// <summary>One event.</summary>
/// <param name="IsGood">Whether it ends in the enriched output.</param>
/// <param name="Parameters">Parameter → column.</param>
/// <param name="Entities">The self-describing event and the entities of a good event.</param>
/// <param name="Enrichments">What the enrichments did.</param>
/// <param name="Problems">Why it is bad.</param>
/// <param name="Columns">A good event's columns that are not empty, by name.</param>
internal sealed record LintedEvent(
    bool IsGood,
    IReadOnlyList<LintedParameter> Parameters,
    IReadOnlyList<LintedEntity> Entities,
    IReadOnlyList<LintedChange> Enrichments,
    IReadOnlyList<LintProblem> Problems,
    IReadOnlyDictionary<string, string> Columns);

/// <summary>One parameter: its name and value, and the column with what it holds of it.</summary>
internal sealed record LintedParameter(string Name, string? Value, string? Column, string? Became, string? Note);

/// <summary>A self-describing JSON of the event, valid by its schema.</summary>
/// <param name="In">The column that holds it.</param>
/// <param name="Schema">Its schema.</param>
/// <param name="Data">Its data.</param>
internal sealed record LintedEntity(string In, string Schema, string Data);

/// <summary>A column that an enrichment set; null where it was cleared.</summary>
internal sealed record LintedChange(string Enrichment, string Column, string? Value);

/// <summary>Something wrong.</summary>
/// <param name="BadRow">The name of the bad row's schema.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Advice">What to do.</param>
internal sealed record LintProblem(string BadRow, string Message, string Advice);
