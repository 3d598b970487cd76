namespace Snowplow.Silo.Serve;

/// <summary>The server cannot start as it is configured; the message says what is wrong and what to do.</summary>
internal sealed class StartupException(string message) : Exception(message);
