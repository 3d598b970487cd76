namespace Snowplow.Azure.Tests.EventHubs.Broker;

/// <summary>A hub: its name, its time of creation and its partitions.</summary>
internal sealed class BrokerHub(string name, int partitions, DateTime createdOn)
{
    public string Name => name;

    public DateTime CreatedOn => createdOn;

    public IReadOnlyList<BrokerPartition> Partitions { get; } = [.. Enumerable.Range(0, partitions).Select(number => new BrokerPartition(number))];

    /// <summary>
    /// The region that is the primary one: part of every offset, so that offsets of another are refused. Positions are the same in all.
    /// </summary>
    public int Region
    {
        get;
        set
        {
            field = value;
            foreach (var partition in Partitions) partition.Region = value;
        }
    }
}
