namespace Snowplow.Azure;

/// <summary>Silos, or another command, are at work where a command wants the platform to stand still.</summary>
/// <param name="message">Who, and what to do.</param>
public sealed class ClusterAtWorkException(string message) : Exception(message);
