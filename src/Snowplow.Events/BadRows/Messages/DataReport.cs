namespace Snowplow.Events.BadRows;

/// <summary>One way in which data breaks its schema.</summary>
/// <param name="Message">For people.</param>
/// <param name="Path">Where in the data, as a JSONPath, or the name of a tracker parameter; null where unknown.</param>
/// <param name="Keyword">The keyword that is not satisfied; null where unknown.</param>
/// <param name="Targets">What the keyword asks for, or the names concerned.</param>
public sealed record DataReport(string Message, string? Path, string? Keyword, IReadOnlyList<string> Targets);
