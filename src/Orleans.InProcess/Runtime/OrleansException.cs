namespace Orleans.Runtime;

/// <summary>The root of the engine's exceptions.</summary>
public class OrleansException : Exception
{
    /// <summary>An exception with a general message.</summary>
    public OrleansException() : base("Unexpected error.")
    {
    }

    /// <summary>An exception with that message.</summary>
    public OrleansException(string message) : base(message)
    {
    }

    /// <summary>An exception with that message and cause.</summary>
    public OrleansException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
