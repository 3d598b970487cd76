namespace Snowplow.Streams;

/// <summary>The raw stream could not store a record: a full or broken disk, an unreachable hub, a full queue.</summary>
public sealed class RawStreamUnavailableException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What failed and what the operator can do.</param>
    /// <param name="innerException">The failure below, if there was one.</param>
    public RawStreamUnavailableException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
