using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Encoding;
using Microsoft.Azure.Amqp.Framing;

namespace Snowplow.Azure.Tests.EventHubs.Broker;

/// <summary>Answers of <c>$cbs</c>, which takes any token, and of <c>$management</c>.</summary>
internal static class Management
{
    public static AmqpMessage Accepted() => Status(AmqpMessage.Create(), 202, "Accepted");

    public static AmqpMessage Read(IEnumerable<BrokerHub> hubs, AmqpMessage request)
    {
        var asked = request.ApplicationProperties.Map;
        var answer = new AmqpMap();
        if (hubs.FirstOrDefault(known => known.Name == (string)asked["name"]) is not { } hub)
        {
            var missing = Status(AmqpMessage.Create(), 404, $"The messaging entity '{asked["name"]}' could not be found.");
            missing.ApplicationProperties.Map["error-condition"] = AmqpErrorCode.NotFound;
            return missing;
        }

        answer[new MapKey("name")] = hub.Name;
        if (asked.TryGetValue<string>("partition", out var number))
        {
            var partition = hub.Partitions[int.Parse(number)];
            answer[new MapKey("partition")] = number;
            answer[new MapKey("begin_sequence_number")] = partition.Begin;
            answer[new MapKey("last_enqueued_sequence_number")] = partition.End - 1;
            answer[new MapKey("last_enqueued_offset")] = "0";
            answer[new MapKey("last_enqueued_time_utc")] = DateTime.UtcNow;
            answer[new MapKey("is_partition_empty")] = partition.End == partition.Begin;
        }
        else
        {
            answer[new MapKey("created_at")] = hub.CreatedOn;
            answer[new MapKey("partition_ids")] = hub.Partitions.Select(partition => $"{partition.Number}").ToArray();
            answer[new MapKey("georeplication_factor")] = 1;
        }

        return Status(AmqpMessage.Create(new AmqpValue { Value = answer }), 200, "OK");
    }

    private static AmqpMessage Status(AmqpMessage message, int code, string description)
    {
        message.ApplicationProperties.Map["status-code"] = code;
        message.ApplicationProperties.Map["status-description"] = description;
        return message;
    }
}
