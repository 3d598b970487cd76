namespace Snowplow.Enrich.JsonSchema;

/// <summary>What a schema says of one property name.</summary>
/// <param name="Name">The name, for messages.</param>
/// <param name="IsDeclared">Whether it is among <c>properties</c>, not only required or depended upon.</param>
/// <param name="IsRequired">Whether it must occur.</param>
/// <param name="Schema">Schema of its value; null where any value will do.</param>
internal readonly record struct PropertyRule(string Name, bool IsDeclared, bool IsRequired, SchemaNode? Schema);
