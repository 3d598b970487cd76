namespace Orleans.Runtime;

/// <summary>The call was not taken by any activation.</summary>
public class OrleansMessageRejectionException : OrleansException
{
    /// <summary>An exception with a general message.</summary>
    public OrleansMessageRejectionException() : base("The call was rejected.")
    {
    }

    /// <summary>An exception with that message.</summary>
    public OrleansMessageRejectionException(string message) : base(message)
    {
    }

    /// <summary>An exception with that message and cause.</summary>
    public OrleansMessageRejectionException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
