namespace Snowplow.Silo.Api;

/// <summary>The keys met last, each once, at most so many. Safe from several threads.</summary>
internal sealed class RecentKeys(int capacity)
{
    private readonly Lock _turn = new();
    private readonly List<string> _keys = [];

    /// <summary>Adds a key as the newest; null adds nothing.</summary>
    public void Add(string? key)
    {
        if (key is null)
            return;
        lock (_turn)
        {
            _keys.Remove(key);
            _keys.Add(key);
            if (_keys.Count > capacity)
                _keys.RemoveAt(0);
        }
    }

    /// <summary>Takes all keys out, the oldest first.</summary>
    public IReadOnlyList<string> Take()
    {
        lock (_turn)
        {
            string[] taken = [.. _keys];
            _keys.Clear();
            return taken;
        }
    }
}
