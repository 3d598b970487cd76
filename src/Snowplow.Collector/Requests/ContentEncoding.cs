namespace Snowplow.Collector.Requests;

/// <summary>The encodings of bodies that the collector undoes.</summary>
internal enum ContentEncoding
{
    /// <summary>None, or <c>identity</c>.</summary>
    None,

    /// <summary><c>gzip</c>.</summary>
    Gzip,

    /// <summary><c>zstd</c>.</summary>
    Zstd,
}
