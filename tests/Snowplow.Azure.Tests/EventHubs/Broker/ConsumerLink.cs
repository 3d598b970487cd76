using System.Text.RegularExpressions;
using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Encoding;
using Microsoft.Azure.Amqp.Framing;

namespace Snowplow.Azure.Tests.EventHubs.Broker;

/// <summary>A link over which a reader gets the events of a partition, as far as its credit goes.</summary>
internal sealed partial class ConsumerLink
{
    private const long BytesOfAnEvent = 120;

    private readonly Lock _gate = new();
    private readonly SendingAmqpLink _link;
    private readonly BrokerPartition _partition;
    private long _next;

    private ConsumerLink(SendingAmqpLink link, BrokerPartition partition, long next)
    {
        _link = link;
        _partition = partition;
        _next = next;
    }

    public static void Attach(SendingAmqpLink link, string group, BrokerPartition partition)
    {
        var filter = (DescribedType)((Source)link.Settings.Source).FilterSet["apache.org:selector-filter:string"];
        var consumer = new ConsumerLink(link, partition, First((string)filter.Value, partition));
        if (link.Settings.Properties.TryGetValue<long>("com.microsoft:epoch", out var level)) partition.Own(group, level, link);
        partition.Add(consumer);
        link.Closed += (_, _) => partition.Remove(consumer, link);
        link.RegisterCreditListener((_, _, _) => consumer.Pump());
    }

    public void Pump()
    {
        lock (_gate)
        {
            while (_link.LinkCredit > 0 && _link.State == AmqpObjectState.Opened && _partition.At(_next) is var (position, stored))
            {
                _next = position + 1;
                _link.SendMessageNoWait(stored.ToMessage(position, $"{_partition.Region}:{position * BytesOfAnEvent}"), Tags.Next(), AmqpConstants.NullBinary);
            }
        }
    }

    // The service knows no number that is yet to come, and no offset of another region.
    private static long First(string selector, BrokerPartition partition)
    {
        if (Selector().Match(selector) is not { Success: true } parts) throw new AmqpException(AmqpErrorCode.InvalidField, $"the filter '{selector}' is unknown");
        var behind = parts.Groups["than"].Value == ">" ? 1 : 0;
        var value = parts.Groups["value"].Value;
        if (parts.Groups["what"].Value == "sequence-number")
        {
            if (long.Parse(value) >= partition.End)
            {
                throw new AmqpException(
                    "com.microsoft:argument-error", $"The supplied sequence number '{value}' is invalid. The last sequence number in the system is '{partition.End - 1}'");
            }

            return long.Parse(value) + behind;
        }

        if (value == "-1") return 0;
        if (value == "@latest") return partition.End;
        var offset = value.Split(':');
        if (offset[0] != $"{partition.Region}") throw new AmqpException("com.microsoft:georeplication:invalid-offset", $"The supplied offset '{value}' is of another region.");
        return (long.Parse(offset[1]) / BytesOfAnEvent) + behind + partition.LostOnResume;
    }

    [GeneratedRegex("^amqp.annotation.x-opt-(?<what>sequence-number|offset) (?<than>>=?) '?(?<value>[-:0-9]+|@latest)'?$")]
    private static partial Regex Selector();
}
