using Snowplow.Enrich.JsonSchema;
using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Enrichments.EventSpecs;

/// <summary>Which entities an event has to have to be what a specification describes.</summary>
/// <param name="Schema">The entities' schema.</param>
/// <param name="MinCount">How many there are at least.</param>
/// <param name="MaxCount">How many there are at most.</param>
/// <param name="Constraint">What their data must be like to count; null where all count.</param>
internal sealed record EntitySpecification(SchemaKey Schema, int MinCount, int MaxCount, CompiledSchema? Constraint);
