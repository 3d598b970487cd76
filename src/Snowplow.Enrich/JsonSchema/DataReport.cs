namespace Snowplow.Enrich.JsonSchema;

/// <summary>
/// One way in which an instance breaks its schema, in the shape of an entry of <c>ValidationError.dataReports</c> of Snowplow's
/// bad rows.
/// </summary>
/// <param name="Message">For people; begins with the path.</param>
/// <param name="Path">Where in the instance, as a JSONPath: <c>$.products[2].price</c>.</param>
/// <param name="Keyword">The schema keyword that is not satisfied: <c>required</c>.</param>
/// <param name="Targets">What the keyword asks for, or the names concerned: the missing property, the limit, the pattern.</param>
public sealed record DataReport(string Message, string Path, string Keyword, IReadOnlyList<string> Targets);
