using System.Collections.Concurrent;

namespace Orleans.Behaviour;

/// <summary>What grains did, in order, and gates that hold them until a test lets them go.</summary>
public sealed class Journal
{
    private readonly ConcurrentQueue<string> _entries = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _signals = new();

    public IReadOnlyList<string> Entries => [.. _entries];

    public void Add(string entry)
    {
        _entries.Enqueue(entry);
        Set(entry);
    }

    public void Clear()
    {
        _entries.Clear();
        _signals.Clear();
    }

    /// <summary>Opens a gate, now or before anybody waits at it.</summary>
    public void Set(string name) => Signal(name).TrySetResult();

    /// <summary>Waits until the gate is open, or the entry of that name was added.</summary>
    public Task Until(string name) => Signal(name).Task.WaitAsync(TimeSpan.FromSeconds(20));

    private TaskCompletionSource Signal(string name) =>
        _signals.GetOrAdd(name, static _ => new TaskCompletionSource());
}
