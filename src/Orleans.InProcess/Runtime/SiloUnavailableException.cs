namespace Orleans.Runtime;

/// <summary>The engine is stopped or stopping, or the activation with the call was lost. Whether the call had an effect is unknown.</summary>
public sealed class SiloUnavailableException : OrleansMessageRejectionException
{
    /// <summary>An exception with a general message.</summary>
    public SiloUnavailableException() : base("Silo unavailable.")
    {
    }

    /// <summary>An exception with that message.</summary>
    public SiloUnavailableException(string message) : base(message)
    {
    }

    /// <summary>An exception with that message and cause.</summary>
    public SiloUnavailableException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
