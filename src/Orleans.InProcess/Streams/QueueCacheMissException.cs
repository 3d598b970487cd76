namespace Orleans.Streams;

/// <summary>Items were dropped before the subscriber took them, because it is too slow. The stream goes on after them.</summary>
public sealed class QueueCacheMissException : Runtime.OrleansException
{
    /// <summary>An exception with a general message.</summary>
    public QueueCacheMissException() : base("Items of the stream were dropped.")
    {
    }

    /// <summary>An exception with that message.</summary>
    public QueueCacheMissException(string message) : base(message)
    {
    }

    /// <summary>An exception with that message and cause.</summary>
    public QueueCacheMissException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
