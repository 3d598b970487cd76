using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure.Core;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime.Hosting;
using Orleans.Storage;
using Snowplow.Grains;

namespace Snowplow.Azure.GrainState;

/// <summary>
/// The table of the states that models make: one for each generation of tables, so that a remodel takes all away by deleting a table, which
/// costs a request, and not one for each of millions of states.
/// </summary>
public static class ModelTable
{
    /// <summary>The table of what outlasts a remodel.</summary>
    internal const string Kept = "SnowplowStates";

    /// <summary>Has the silo keep states: what outlasts a remodel in its table, what models make in that of a generation.</summary>
    /// <param name="silo">The silo, with its other tables.</param>
    /// <param name="options">Where the tables are.</param>
    /// <param name="credential">Signs in.</param>
    /// <param name="states">How states are written.</param>
    /// <param name="generation">The <c>model_generation</c>.</param>
    public static ISiloBuilder UseModelTable(this ISiloBuilder silo, AzureOptions options, TokenCredential credential, JsonSerializerOptions states, int generation)
    {
        var (tables, models) = (options.NewTables(credential), NameOf(options.ServiceId, generation));
        foreach (var table in (string[])[Kept, models])
            silo.AddAzureTableGrainStorage(table, storage =>
                (storage.TableServiceClient, storage.TableName, storage.GrainStorageSerializer) = (tables, table, new CompressedJsonSerializer(states)));
        silo.Services.AddGrainStorage(PipelineServices.StateStorage, (services, _) => new EscapedKeyStorage(
            new DividedStorage(services.GetRequiredKeyedService<IGrainStorage>(Kept), services.GetRequiredKeyedService<IGrainStorage>(models))));
        return silo;
    }

    /// <summary>The name of a service's table.</summary>
    internal static string NameOf(string service, int generation) => string.Create(CultureInfo.InvariantCulture, $"{Prefix(service)}{generation}");

    /// <summary>What the names of a service's tables begin with: an account may be that of several.</summary>
    internal static string Prefix(string service) => $"SnowplowModels{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(service)))[..8]}g";
}
