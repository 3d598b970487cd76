namespace Snowplow.Enrich.JsonSchema;

/// <summary>An entry of <c>dependencies</c>; names by their index in <see cref="ObjectRules.Names"/>.</summary>
/// <param name="Trigger">The property whose presence asks for more.</param>
/// <param name="Needed">Properties that must then be present.</param>
/// <param name="Schema">Schema that the object must then match; null if none.</param>
internal sealed record PropertyDependency(int Trigger, int[] Needed, SchemaNode? Schema);
