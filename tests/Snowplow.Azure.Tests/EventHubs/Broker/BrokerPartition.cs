using Microsoft.Azure.Amqp;

namespace Snowplow.Azure.Tests.EventHubs.Broker;

/// <summary>The events of a partition, its readers, and how many events came with each transfer. Thread-safe.</summary>
internal sealed class BrokerPartition(int number)
{
    private readonly Lock _gate = new();
    private readonly List<StoredEvent> _events = [];
    private readonly List<int> _transfers = [];
    private readonly List<ConsumerLink> _consumers = [];
    private readonly Dictionary<string, (long Level, SendingAmqpLink Link)> _owners = [];
    private long _begin;

    public int Number => number;

    public int Region { get; set; }

    /// <summary>How many events a reader that takes up a lost link at an offset does not get.</summary>
    public int LostOnResume { get; set; }

    public long Begin
    {
        get { lock (_gate) return _begin; }
    }

    public long End
    {
        get { lock (_gate) return _begin + _events.Count; }
    }

    /// <summary>Of each transfer that was stored, the number of its events.</summary>
    public IReadOnlyList<int> Transfers
    {
        get { lock (_gate) return [.. _transfers]; }
    }

    public IReadOnlyList<StoredEvent> Events
    {
        get { lock (_gate) return [.. _events]; }
    }

    /// <summary>How many readers are attached.</summary>
    public int Readers
    {
        get { lock (_gate) return _consumers.Count; }
    }

    public void Append(IReadOnlyList<StoredEvent> events)
    {
        ConsumerLink[] consumers;
        lock (_gate)
        {
            _events.AddRange(events);
            _transfers.Add(events.Count);
            consumers = [.. _consumers];
        }

        foreach (var consumer in consumers) consumer.Pump();
    }

    /// <summary>Retention: what is before a position goes.</summary>
    public void Forget(long before)
    {
        lock (_gate)
        {
            _events.RemoveRange(0, (int)(before - _begin));
            _begin = before;
        }
    }

    /// <summary>A disaster: what is from a position on goes, and positions are given anew.</summary>
    public void Lose(long from)
    {
        lock (_gate) _events.RemoveRange((int)(from - _begin), (int)(_begin + _events.Count - from));
    }

    /// <summary>The first event at a position or behind it, and where it stands; null if there is none yet.</summary>
    public (long Position, StoredEvent Event)? At(long position)
    {
        lock (_gate)
        {
            var first = Math.Max(position, _begin);
            return first < _begin + _events.Count ? (first, _events[(int)(first - _begin)]) : null;
        }
    }

    /// <summary>Makes a reader the owner of its group's place, if its level is not below that of the one who has it, which is thrown off.</summary>
    public void Own(string group, long level, SendingAmqpLink link)
    {
        SendingAmqpLink? former = null;
        lock (_gate)
        {
            if (_owners.TryGetValue(group, out var owner))
            {
                if (owner.Level > level) throw new AmqpException(AmqpErrorCode.Stolen, $"Receiver has level {level}, the owner of partition {number} has {owner.Level}.");
                former = owner.Link;
            }

            _owners[group] = (level, link);
        }

        former?.SafeClose(new AmqpException(AmqpErrorCode.Stolen, $"New receiver with level {level} has taken partition {number}."));
    }

    public void Add(ConsumerLink consumer)
    {
        lock (_gate) _consumers.Add(consumer);
    }

    public void Remove(ConsumerLink consumer, SendingAmqpLink link)
    {
        lock (_gate)
        {
            _consumers.Remove(consumer);
            foreach (var (group, owner) in _owners)
                if (owner.Link == link) _owners.Remove(group);
        }
    }
}
