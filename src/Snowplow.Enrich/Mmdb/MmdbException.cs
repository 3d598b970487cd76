namespace Snowplow.Enrich.Mmdb;

/// <summary>A file is no MaxMind database, or is damaged. The message says what is wrong with it, without a full stop.</summary>
public sealed class MmdbException(string message) : Exception(message);
