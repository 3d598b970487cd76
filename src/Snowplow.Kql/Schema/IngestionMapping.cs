namespace Snowplow.Kql.Schema;

/// <summary>How the fields of ingested data become columns of a table.</summary>
/// <param name="Name">The name.</param>
/// <param name="Kind">The format of the data: <c>csv</c> (TSV and its kin too), <c>json</c>, <c>avro</c>, <c>parquet</c>, <c>orc</c> or <c>w3clogfile</c>.</param>
/// <param name="Text">The JSON array of its columns.</param>
/// <param name="UpdatedOn">When it was made (UTC).</param>
public sealed record IngestionMapping(string Name, string Kind, string Text, DateTime UpdatedOn);
