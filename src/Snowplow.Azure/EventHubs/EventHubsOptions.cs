using Azure.Messaging.EventHubs;

namespace Snowplow.Azure.EventHubs;

/// <summary>Which hub the raw stream is: section <c>Azure:EventHubs</c>.</summary>
public sealed record EventHubsOptions
{
    /// <summary>The host name of the namespace, <c>{name}.servicebus.windows.net</c>; signed in to with the silo's own identity.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>The name of the hub. It must exist, with as many partitions as it shall ever have.</summary>
    public string Hub { get; init; } = "";

    /// <summary>The consumer group that reads. Nobody else may read in it: two readers of a partition throw each other off.</summary>
    public string ConsumerGroup { get; init; } = "$Default";

    /// <summary>The hub of the live feed, in the same namespace and read in the same consumer group; null to keep the feed in the silos' memory.</summary>
    public string? LiveHub { get; init; }

    /// <summary>The connection string of Microsoft's emulator, in the place of <see cref="Namespace"/>; null with a real namespace.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>Lists all that is wrong with these options; empty if nothing is.</summary>
    public IReadOnlyList<string> Validate() =>
    [
        .. ConnectionString is null ? ValidateNamespace() : ValidateConnectionString(ConnectionString),
        .. string.IsNullOrWhiteSpace(Hub) ? ["Azure:EventHubs:Hub must name the hub."] : Array.Empty<string>(),
        .. string.IsNullOrWhiteSpace(ConsumerGroup) ? ["Azure:EventHubs:ConsumerGroup must name a consumer group, such as $Default."] : Array.Empty<string>(),
    ];

    private IEnumerable<string> ValidateNamespace()
    {
        if (Uri.CheckHostName(Namespace) != UriHostNameType.Dns || !Namespace.Contains('.', StringComparison.Ordinal))
            yield return $"Azure:EventHubs:Namespace must be a host name such as my-events.servicebus.windows.net, but is '{Namespace}'.";
    }

    private IEnumerable<string> ValidateConnectionString(string connection)
    {
        if (Namespace.Length > 0) yield return "Azure:EventHubs:Namespace and Azure:EventHubs:ConnectionString exclude each other.";
        if (!connection.Contains("UseDevelopmentEmulator=true", StringComparison.OrdinalIgnoreCase))
        {
            yield return "Azure:EventHubs:ConnectionString is for the emulator alone and must say UseDevelopmentEmulator=true; with a real namespace set Azure:EventHubs:Namespace.";
            yield break;
        }

        string? named = null, wrong = null;
        try
        {
            named = EventHubsConnectionStringProperties.Parse(connection).EventHubName;
        }
        catch (FormatException format)
        {
            wrong = format.Message;
        }

        if (wrong is not null) yield return $"Azure:EventHubs:ConnectionString cannot be read: {wrong}";
        if (named is not null && named != Hub) yield return $"Azure:EventHubs:ConnectionString names the hub '{named}' as EntityPath, and Azure:EventHubs:Hub '{Hub}'.";
    }
}
