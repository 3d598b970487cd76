using System.Diagnostics.CodeAnalysis;

namespace Snowplow.Model;

/// <summary>
/// Values by the name of a partition. Nearly always there is one, as a user's events share a partition: it takes no object of its own, and
/// every object in memory is one that garbage collections visit. Keep it in a field that is not readonly.
/// </summary>
/// <typeparam name="T">The type of the values; a partition never named has the default.</typeparam>
internal struct ByPartition<T>
    where T : struct
{
    private string? _partition;
    private T _value;
    private (string Partition, T Value)[]? _others;

    /// <summary>Number of partitions.</summary>
    public readonly int Count => _partition is null ? 0 : 1 + (_others?.Length ?? 0);

    /// <summary>A partition and its value, in the order in which they were first named.</summary>
    public readonly (string Partition, T Value) this[int at] => at == 0 ? (_partition!, _value) : _others![at - 1];

    /// <summary>The value of a partition.</summary>
    public readonly T Find(string partition)
    {
        for (var i = 0; i < Count; i++)
        {
            var (name, value) = this[i];
            if (name == partition) return value;
        }

        return default;
    }

    /// <summary>The value of a partition, to be changed; good until another partition is named.</summary>
    [UnscopedRef]
    public ref T Of(string partition)
    {
        _partition ??= partition;
        if (_partition == partition) return ref _value;
        foreach (ref var other in _others.AsSpan())
            if (other.Partition == partition) return ref other.Value;
        _others = [.. _others ?? [], (partition, default)];
        return ref _others[^1].Value;
    }
}
