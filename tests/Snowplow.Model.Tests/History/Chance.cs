namespace Snowplow.Model.Tests.History;

/// <summary>Random choices, the same for a seed.</summary>
internal sealed class Chance(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>Whether something of a probability happens.</summary>
    public bool Once(double share) => _random.NextDouble() < share;

    /// <summary>A whole number from the first to the last, both included.</summary>
    public int Between(int first, int last) => _random.Next(first, last + 1);

    public T Pick<T>(params ReadOnlySpan<T> values) => values[_random.Next(values.Length)];

    public string Id()
    {
        var bytes = new byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }

    /// <summary>A time within a span, to the millisecond.</summary>
    public TimeSpan Within(TimeSpan span) => TimeSpan.FromMilliseconds(_random.NextInt64((long)span.TotalMilliseconds));

    public void Shuffle<T>(List<T> values) => _random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(values));
}
