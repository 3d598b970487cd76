using Azure.Core;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging.Abstractions;
using Snowplow.Azure.EventHubs;

namespace Snowplow.Azure;

/// <summary>A service that a silo does not start without.</summary>
/// <param name="name">What it is to the silo, as operators read it.</param>
/// <param name="ask">Asks it something that whoever is to use it may ask.</param>
public sealed class AzureService(string name, Func<CancellationToken, Task> ask)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>What it is to the silo.</summary>
    public string Name => name;

    /// <summary>All that the options name but Data Explorer, which loads when it can.</summary>
    public static IReadOnlyList<AzureService> Of(AzureOptions options, TokenCredential credential)
    {
        var container = options.NewContainer(credential);
        var tables = options.NewTables(credential);
        List<AzureService> all =
        [
            // An emulator begins empty. Of a real account the silo may not make containers.
            new($"the container '{container.Name}' of blobs", stop => options.Blobs.ConnectionString is { Length: > 0 }
                ? container.CreateIfNotExistsAsync(cancellationToken: stop) : container.GetPropertiesAsync(cancellationToken: stop)),
            new("the tables of states", stop => FindAnyAsync(tables, stop)),
            new($"the hub '{options.EventHubs.Hub}'", stop => FindAsync(options.EventHubs, credential, stop)),
        ];
        if (options.EventHubs.LiveHub is { Length: > 0 } live) all.Add(new($"the hub '{live}'", stop => FindAsync(options.EventHubs with { Hub = live }, credential, stop)));
        return all;
    }

    /// <summary>Asks it.</summary>
    /// <returns>Null where it answers; else why not, in a line.</returns>
    /// <exception cref="IOException">It will not answer until someone changes something: it refuses who asks, or is not there.</exception>
    public async Task<string?> AskAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            await ask(limit.Token).ConfigureAwait(false);
            return null;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return $"no answer within {Patience.TotalSeconds:0} seconds";
        }
        catch (Exception failure) when (AzureFailure.IsInfrastructure(failure, cancellationToken))
        {
            return AzureFailure.IsLasting(failure) ? throw AzureFailure.Of($"The silo cannot use {name}", failure) : AzureFailure.FirstLine(failure);
        }
    }

    private static async Task FindAnyAsync(TableServiceClient tables, CancellationToken stop)
    {
        await foreach (var _ in tables.QueryAsync(maxPerPage: 1, cancellationToken: stop).ConfigureAwait(false)) return;
    }

    private static async Task FindAsync(EventHubsOptions options, TokenCredential credential, CancellationToken stop)
    {
        var hub = new HubClient(options, credential, TimeProvider.System, NullLogger.Instance);
        await using (hub.ConfigureAwait(false))
        {
            await hub.GetPropertiesAsync(stop).ConfigureAwait(false);
        }
    }
}
