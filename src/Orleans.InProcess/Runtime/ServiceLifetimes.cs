using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Runtime;

/// <summary>
/// Knows which services live as long as the silo: a grain whose constructor asks for those alone needs no scope of its own, which
/// millions of activations would keep in memory.
/// </summary>
/// <param name="services">The services that the silo is built from.</param>
internal sealed class ServiceLifetimes(IServiceCollection services)
{
    /// <summary>Whether a service, with its key if it has one, is one object for the whole silo.</summary>
    public bool IsSingleton(Type type, object? key = null) => (Find(type, key) ?? (type.IsGenericType ? Find(type.GetGenericTypeDefinition(), key) : null))?.Lifetime == ServiceLifetime.Singleton;

    // The last one registered is the one that is resolved.
    private ServiceDescriptor? Find(Type type, object? key) => services.LastOrDefault(service => service.ServiceType == type && Equals(service.ServiceKey, key));
}
