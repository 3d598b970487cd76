using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;

namespace Snowplow.Orleans.Tests.SiloLoss;

/// <summary>The network between the silos of a test cluster, from which one can be cut off while it goes on running.</summary>
internal sealed class ClusterNetwork
{
    private readonly ConcurrentDictionary<ConnectionContext, (EndPoint From, EndPoint To)> _connections = new();
    private volatile EndPoint? _cutOff;

    /// <summary>Has a silo open its connections through this network.</summary>
    public void AddTo(IServiceCollection services)
    {
        for (var i = 0; i < services.Count; i++)
        {
            if (services[i] is not { IsKeyedService: true } factory || factory.ServiceType != typeof(IConnectionFactory)) continue;
            services[i] = ServiceDescriptor.KeyedSingleton<IConnectionFactory>(
                factory.ServiceKey,
                (provider, key) => new Factory((IConnectionFactory)factory.KeyedImplementationFactory!(provider, key), this, provider));
        }
    }

    /// <summary>Ends all connections between a silo and the others; no new one comes about.</summary>
    public void CutOff(EndPoint silo)
    {
        _cutOff = silo;
        foreach (var (connection, ends) in _connections)
            if (IsCut(ends.From, ends.To)) connection.Abort();
    }

    private bool IsCut(EndPoint from, EndPoint to) => _cutOff is { } silo && from.Equals(silo) != to.Equals(silo);

    private sealed class Factory(IConnectionFactory inner, ClusterNetwork network, IServiceProvider services) : IConnectionFactory
    {
        public async ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken)
        {
            EndPoint from = services.GetRequiredService<ILocalSiloDetails>().SiloAddress.Endpoint;
            if (network.IsCut(from, endpoint)) throw new IOException($"There is no way from {from} to {endpoint}.");
            var connection = await inner.ConnectAsync(endpoint, cancellationToken);
            network._connections[connection] = (from, endpoint);
            connection.ConnectionClosed.Register(() => network._connections.TryRemove(connection, out _));
            if (network.IsCut(from, endpoint)) connection.Abort();
            return connection;
        }
    }
}
