using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Framing;

namespace Snowplow.Azure.Tests.EventHubs.Broker;

/// <summary>An event as the broker keeps it.</summary>
internal sealed record StoredEvent(byte[] Body, string? MessageId, IReadOnlyDictionary<string, object> Properties)
{
    // The message format of a batch, whose data sections are messages: "Event Hubs AMQP protocol guide".
    private const uint BatchFormat = 0x80013700;

    private const string PartitionKeyAnnotation = "x-opt-partition-key";

    /// <summary>By what the service would have chosen the partition; null where the sender chose it.</summary>
    public string? PartitionKey { get; init; }

    /// <summary>The events of a transfer.</summary>
    public static IReadOnlyList<StoredEvent> Of(AmqpMessage message)
    {
        var key = message.Sections.HasFlag(SectionFlag.MessageAnnotations) && message.MessageAnnotations.Map.TryGetValue<string>(PartitionKeyAnnotation, out var annotated) ? annotated : null;
        if (message.MessageFormat != BatchFormat) return [One(message) with { PartitionKey = key }];
        var events = new List<StoredEvent>();
        foreach (var data in message.DataBody)
        {
            using var inner = AmqpMessage.CreateAmqpStreamMessage(new BufferListStream([Bytes(data)]));
            events.Add(One(inner) with { PartitionKey = key });
        }

        return events;
    }

    /// <summary>The event as a reader gets it.</summary>
    public AmqpMessage ToMessage(long position, string offset)
    {
        var message = AmqpMessage.Create(new Data { Value = new ArraySegment<byte>(Body) });
        message.MessageAnnotations.Map["x-opt-sequence-number"] = position;
        message.MessageAnnotations.Map["x-opt-offset"] = offset;
        message.MessageAnnotations.Map["x-opt-enqueued-time"] = DateTime.UtcNow;
        if (PartitionKey is not null) message.MessageAnnotations.Map[PartitionKeyAnnotation] = PartitionKey;
        if (MessageId is not null) message.Properties.MessageId = MessageId;
        foreach (var (name, value) in Properties) message.ApplicationProperties.Map[name] = value;
        return message;
    }

    private static StoredEvent One(AmqpMessage message)
    {
        var properties = new Dictionary<string, object>();
        if (message.Sections.HasFlag(SectionFlag.ApplicationProperties))
            foreach (var property in message.ApplicationProperties.Map) properties[property.Key.Key.ToString()!] = property.Value;
        return new StoredEvent([.. message.DataBody.SelectMany(data => Bytes(data))], message.Properties?.MessageId?.ToString(), properties);
    }

    private static ArraySegment<byte> Bytes(Data data) => data.Value switch
    {
        ArraySegment<byte> segment => segment.Array is null ? [] : segment,
        byte[] bytes => bytes,
        var other => throw new InvalidOperationException($"a data section holds {other}"),
    };
}
