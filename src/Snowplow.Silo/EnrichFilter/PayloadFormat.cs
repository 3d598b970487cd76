namespace Snowplow.Silo.EnrichFilter;

/// <summary>How collector payloads come in.</summary>
internal enum PayloadFormat
{
    /// <summary>Lines of JSON.</summary>
    Json,

    /// <summary>Thrift records, each after its length.</summary>
    Thrift,
}
