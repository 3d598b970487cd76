using System.Text.Json;
using Azure;
using Azure.Core;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Configuration;
using Orleans.Serialization;
using Orleans.Storage;

namespace Snowplow.Azure.GrainState;

/// <summary>The states of a cluster without silos, read and written by the silos' own storage. What is cleared is deleted.</summary>
/// <param name="options">Where they are.</param>
/// <param name="credential">Signs in.</param>
/// <param name="states">How states are written.</param>
/// <param name="generation">The <c>model_generation</c> of the tables that are there, asked for when a state of a model is; null where none are.</param>
public sealed class StateTables(AzureOptions options, TokenCredential credential, JsonSerializerOptions states, Func<Task<int?>> generation) : IGrainStorage, IDisposable
{
    private readonly TableServiceClient _tables = options.NewTables(credential);
    private readonly List<ServiceProvider> _services = [];
    private IGrainStorage? _kept;
    private IGrainStorage? _models;

    /// <inheritdoc/>
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => await (await OfAsync(stateName)).ReadStateAsync(stateName, grainId, grainState);

    /// <inheritdoc/>
    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => await (await OfAsync(stateName)).WriteStateAsync(stateName, grainId, grainState);

    /// <inheritdoc/>
    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => await (await OfAsync(stateName)).ClearStateAsync(stateName, grainId, grainState);

    /// <summary>The keys of grains that have a state of a name, where the grain bears that name too; but for those that are hashed (<see cref="EscapedKeyStorage"/>).</summary>
    /// <exception cref="IOException">The table cannot be read.</exception>
    public async ValueTask<IReadOnlyList<string>> KeysOfAsync(string stateName, CancellationToken cancellationToken)
    {
        // Of the storage: {service}_{kind}_{key}, the sign behind the underscore is the backquote.
        var prefix = $"{options.ServiceId}_{stateName}";
        var keys = new List<string>();
        try
        {
            var filter = TableClient.CreateQueryFilter($"PartitionKey ge {prefix + '_'} and PartitionKey lt {prefix + '`'}");
            await foreach (var entity in _tables.GetTableClient(await TableAsync(stateName)).QueryAsync<TableEntity>(filter, select: ["PartitionKey"], cancellationToken: cancellationToken))
                if (EscapedKeyStorage.Unescaped(entity.PartitionKey[(prefix.Length + 1)..]) is { } key) keys.Add(key);
        }
        catch (RequestFailedException none) when (none.Status == 404)
        {
            // No silo has ever been here.
        }
        catch (Exception failure) when (AzureFailure.IsInfrastructure(failure, cancellationToken))
        {
            throw AzureFailure.Of("The table of states cannot be read", failure);
        }

        return keys;
    }

    /// <summary>Deletes all that models have made, of any generation.</summary>
    /// <exception cref="IOException">A table cannot be deleted.</exception>
    public async Task DeleteModelsAsync(CancellationToken cancellationToken)
    {
        try
        {
            var prefix = ModelTable.Prefix(options.ServiceId);
            await foreach (var table in _tables.QueryAsync(TableClient.CreateQueryFilter($"TableName ge {prefix} and TableName lt {prefix + '~'}"), cancellationToken: cancellationToken))
                await _tables.DeleteTableAsync(table.Name, cancellationToken);
        }
        catch (Exception failure) when (AzureFailure.IsInfrastructure(failure, cancellationToken))
        {
            throw AzureFailure.Of("The tables of states cannot be deleted", failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var services in _services) services.Dispose();
    }

    private async Task<IGrainStorage> OfAsync(string stateName) => DividedStorage.IsKept(stateName)
        ? _kept ??= await OpenAsync(await TableAsync(stateName))
        : _models ??= await OpenAsync(await TableAsync(stateName));

    private async Task<string> TableAsync(string stateName) => DividedStorage.IsKept(stateName)
        ? ModelTable.Kept
        : ModelTable.NameOf(options.ServiceId, await generation() ?? throw new InvalidOperationException("There are no states of models: their tables are being made anew."));

    // The provider wants to be part of a silo; of that it gets what it uses.
    private async Task<IGrainStorage> OpenAsync(string table)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSerializer();
        services.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (options.ClusterId, options.ServiceId));
        services.Configure<AzureTableStorageOptions>(table, storage =>
            (storage.TableServiceClient, storage.TableName, storage.GrainStorageSerializer, storage.DeleteStateOnClear) =
                (_tables, table, new CompressedJsonSerializer(states), true));
        var provider = services.BuildServiceProvider();
        _services.Add(provider);
        var lifecycle = new SiloLifecycleSubject(NullLogger<SiloLifecycleSubject>.Instance);
        var opened = AzureTableGrainStorageFactory.Create(provider, table);
        opened.Participate(lifecycle);
        await lifecycle.OnStart();
        return new EscapedKeyStorage(opened);
    }
}
