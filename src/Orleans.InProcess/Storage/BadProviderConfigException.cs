using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>No grain storage or stream provider of the wanted name is registered.</summary>
public sealed class BadProviderConfigException : OrleansException
{
    /// <summary>An exception with a general message.</summary>
    public BadProviderConfigException() : base("A provider is missing.")
    {
    }

    /// <summary>An exception with that message.</summary>
    public BadProviderConfigException(string message) : base(message)
    {
    }

    /// <summary>An exception with that message and cause.</summary>
    public BadProviderConfigException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
