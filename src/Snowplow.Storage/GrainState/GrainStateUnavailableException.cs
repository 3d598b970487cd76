namespace Snowplow.Storage.GrainState;

/// <summary>The database of grain states cannot be read or written at present, e.g. because the disk is full. A later attempt may succeed.</summary>
public sealed class GrainStateUnavailableException : OrleansException
{
    /// <summary>An exception with a general message.</summary>
    public GrainStateUnavailableException() : base("Grain states are not available.")
    {
    }

    /// <summary>An exception with that message.</summary>
    public GrainStateUnavailableException(string message) : base(message)
    {
    }

    /// <summary>An exception with that message and cause.</summary>
    public GrainStateUnavailableException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
