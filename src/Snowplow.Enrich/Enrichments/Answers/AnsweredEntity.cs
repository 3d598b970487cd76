using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Enrichments.Answers;

/// <summary>An entity made of an answer.</summary>
/// <param name="Schema">Its schema.</param>
/// <param name="Data">JSON of its data.</param>
internal sealed record AnsweredEntity(SchemaKey Schema, byte[] Data);
