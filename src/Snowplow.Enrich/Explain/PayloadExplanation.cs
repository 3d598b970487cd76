namespace Snowplow.Enrich.Explain;

/// <summary>What becomes of a collector payload.</summary>
/// <param name="BadRow">The bad row (a line of JSON) that the payload as a whole becomes; null where its events are judged one by one.</param>
/// <param name="Events">Its events, in order.</param>
public sealed record PayloadExplanation(string? BadRow, IReadOnlyList<EventExplanation> Events);

/// <summary>What becomes of one event.</summary>
/// <param name="Parameters">Its parameters, in order.</param>
/// <param name="Changes">What the enrichments did to its columns, in order.</param>
/// <param name="Line">Its line of enriched TSV; null where it is bad.</param>
/// <param name="BadRow">Its bad row, a line of JSON; null where it is good.</param>
public sealed record EventExplanation(
    IReadOnlyList<ParameterExplanation> Parameters, IReadOnlyList<ColumnChange> Changes, string? Line, string? BadRow);

/// <summary>What becomes of one parameter.</summary>
/// <param name="Name">The parameter's name.</param>
/// <param name="Value">Its value; null where it is empty.</param>
/// <param name="Column">The column that it fills; null where it fills none.</param>
/// <param name="Became">The column's text before the enrichments; null where it is empty.</param>
/// <param name="IsKnown">Whether the tracker protocol has such a parameter.</param>
public sealed record ParameterExplanation(string Name, string? Value, string? Column, string? Became, bool IsKnown);

/// <summary>A column that an enrichment set, changed or cleared.</summary>
/// <param name="Enrichment">The enrichment's name.</param>
/// <param name="Column">The column.</param>
/// <param name="Value">Its text from then on; null where it was cleared.</param>
public sealed record ColumnChange(string Enrichment, string Column, string? Value);
