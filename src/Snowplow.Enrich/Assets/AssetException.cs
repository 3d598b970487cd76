namespace Snowplow.Enrich.Assets;

/// <summary>A file that an enrichment needs could not be had or read. The message says which and why, without a full stop.</summary>
public sealed class AssetException(string message, Exception? cause = null) : Exception(message, cause);
