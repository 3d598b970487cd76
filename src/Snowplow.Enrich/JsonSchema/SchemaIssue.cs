namespace Snowplow.Enrich.JsonSchema;

/// <summary>
/// One reason why a document cannot be used as a schema, in the shape of an entry of <c>ValidationError.schemaIssues</c> of
/// Snowplow's bad rows.
/// </summary>
/// <param name="Path">Where in the schema, as a JSONPath (<c>$.properties.id</c>) or a JSON pointer (<c>#/properties/id</c>).</param>
/// <param name="Message">For people.</param>
public sealed record SchemaIssue(string Path, string Message);
