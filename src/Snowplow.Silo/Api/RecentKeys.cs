namespace Snowplow.Silo.Api;

/// <summary>The keys met last, each once, at most so many, and which of them are due to be shown. Safe from several threads.</summary>
internal sealed class RecentKeys(int capacity)
{
    private readonly Lock _turn = new();
    private readonly List<string> _keys = [];
    private readonly HashSet<string> _due = [];

    /// <summary>Adds a key as the newest, due; null adds nothing.</summary>
    public void Add(string? key)
    {
        if (key is null)
            return;
        lock (_turn)
        {
            _keys.Remove(key);
            _keys.Add(key);
            _due.Add(key);
            if (_keys.Count <= capacity)
                return;
            _due.Remove(_keys[0]);
            _keys.RemoveAt(0);
        }
    }

    /// <summary>Makes all keys due again, for someone who has seen none.</summary>
    public void Renew()
    {
        lock (_turn)
            _due.UnionWith(_keys);
    }

    /// <summary>The keys that are due, the oldest first; they are so no longer.</summary>
    public IReadOnlyList<string> Take()
    {
        lock (_turn)
        {
            string[] taken = [.. _keys.Where(_due.Contains)];
            _due.Clear();
            return taken;
        }
    }
}
