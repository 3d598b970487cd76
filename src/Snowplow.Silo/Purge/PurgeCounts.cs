namespace Snowplow.Silo.Purge;

/// <summary>What a purge took out of the files.</summary>
internal sealed class PurgeCounts
{
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>Counts things taken out.</summary>
    public void Add(string what, long count = 1) => _counts[what] = _counts.GetValueOrDefault(what) + count;

    /// <summary>All of it, in words.</summary>
    public override string ToString() =>
        _counts.Count == 0 ? "nothing" : string.Join(", ", _counts.Where(count => count.Value > 0).Select(count => $"{count.Value:N0} {count.Key}"));
}
