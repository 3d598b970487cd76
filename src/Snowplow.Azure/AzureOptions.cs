using System.Net;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Snowplow.Azure.DataExplorer;
using Snowplow.Azure.EventHubs;

namespace Snowplow.Azure;

/// <summary>The services that the platform uses, and this silo's place among the others. Configuration section <c>Azure</c>.</summary>
public sealed record AzureOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Azure";

    /// <summary>Silos with one name and one service make a cluster. Default <c>snowplow</c>.</summary>
    public string ClusterId { get; init; } = "snowplow";

    /// <summary>States belong to it: it stays the same for ever. Default <c>snowplow</c>.</summary>
    public string ServiceId { get; init; } = "snowplow";

    /// <summary>The address by which the other silos reach this one; null for the first of this machine's that is not a loopback.</summary>
    public string? AdvertisedAddress { get; init; }

    /// <summary>The port on which silos reach one another. Default 11111.</summary>
    public int SiloPort { get; init; } = 11111;

    /// <summary>The hub of raw records, and that of the live feed.</summary>
    public EventHubsOptions EventHubs { get; init; } = new();

    /// <summary>Where files land.</summary>
    public BlobsOptions Blobs { get; init; } = new();

    /// <summary>Where silos and states are written.</summary>
    public TablesOptions Tables { get; init; } = new();

    /// <summary>Where analysts query; without a cluster nothing is loaded.</summary>
    public DataExplorerOptions Kusto { get; init; } = new();

    /// <summary>All that is wrong with these options, one message each.</summary>
    public IEnumerable<string> Validate()
    {
        if (string.IsNullOrWhiteSpace(ClusterId)) yield return $"{Section}:ClusterId must name the cluster.";
        if (string.IsNullOrWhiteSpace(ServiceId)) yield return $"{Section}:ServiceId must name the service.";
        if (AdvertisedAddress is not null && !IPAddress.TryParse(AdvertisedAddress, out _)) yield return $"{Section}:AdvertisedAddress must be an IP address, but is '{AdvertisedAddress}'.";
        if (SiloPort is < 1 or > 65535) yield return $"{Section}:SiloPort must be 1 to 65535.";
        if (EventHubs.LiveHub is { Length: > 0 } live && live.Equals(EventHubs.Hub, StringComparison.OrdinalIgnoreCase))
            yield return $"{Section}:EventHubs:LiveHub must be another hub than Hub: the feed would land among the raw records.";
        foreach (var error in EventHubs.Validate().Concat(Blobs.Validate()).Concat(Tables.Validate())) yield return error;
        if (Kusto.Cluster is null) yield break;
        foreach (var error in Kusto.Validate()) yield return error;
    }

    /// <summary>Signs in with the managed identity of the machine, or as the developer who is signed in.</summary>
    public static TokenCredential NewCredential() => new DefaultAzureCredential(new DefaultAzureCredentialOptions { ExcludeInteractiveBrowserCredential = true });

    /// <summary>The container of blobs.</summary>
    public BlobContainerClient NewContainer(TokenCredential credential) => Blobs.ConnectionString is { Length: > 0 } connection
        ? new BlobContainerClient(connection, Blobs.Container)
        : new BlobServiceClient(Blobs.Endpoint, credential).GetBlobContainerClient(Blobs.Container);

    /// <summary>The account of tables.</summary>
    public TableServiceClient NewTables(TokenCredential credential) => Tables.ConnectionString is { Length: > 0 } connection
        ? new TableServiceClient(connection)
        : new TableServiceClient(Tables.Endpoint, credential);
}

/// <summary>Section <c>Azure:Blobs</c>.</summary>
public sealed record BlobsOptions
{
    /// <summary>The account, such as <c>https://name.blob.core.windows.net</c>.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>The container. Default <c>snowplow</c>.</summary>
    public string Container { get; init; } = "snowplow";

    /// <summary>In the place of <see cref="Endpoint"/>, for an emulator.</summary>
    public string? ConnectionString { get; init; }

    internal IEnumerable<string> Validate()
    {
        if (Endpoint is null == string.IsNullOrEmpty(ConnectionString))
            yield return "Azure:Blobs:Endpoint must be the URI of the blobs of a storage account (or Azure:Blobs:ConnectionString that of an emulator, not both).";
        if (Endpoint is not null && !(Endpoint is { IsAbsoluteUri: true, Scheme: "https" })) yield return $"Azure:Blobs:Endpoint must be a URI with https, but is '{Endpoint}'.";
        if (string.IsNullOrWhiteSpace(Container)) yield return "Azure:Blobs:Container must name the container.";
    }
}

/// <summary>Section <c>Azure:Tables</c>.</summary>
public sealed record TablesOptions
{
    /// <summary>The account, such as <c>https://name.table.core.windows.net</c>.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>In the place of <see cref="Endpoint"/>, for an emulator.</summary>
    public string? ConnectionString { get; init; }

    internal IEnumerable<string> Validate()
    {
        if (Endpoint is null == string.IsNullOrEmpty(ConnectionString))
            yield return "Azure:Tables:Endpoint must be the URI of the tables of a storage account (or Azure:Tables:ConnectionString that of an emulator, not both).";
        if (Endpoint is not null && !(Endpoint is { IsAbsoluteUri: true, Scheme: "https" })) yield return $"Azure:Tables:Endpoint must be a URI with https, but is '{Endpoint}'.";
    }
}
