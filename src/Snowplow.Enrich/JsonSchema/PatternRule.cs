namespace Snowplow.Enrich.JsonSchema;

/// <summary>An entry of <c>patternProperties</c>.</summary>
/// <param name="Name">Pattern of the names.</param>
/// <param name="Schema">Schema of their values.</param>
internal sealed record PatternRule(EcmaPattern Name, SchemaNode Schema);
