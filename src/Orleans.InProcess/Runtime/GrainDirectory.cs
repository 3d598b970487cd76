using System.Collections.Concurrent;

namespace Orleans.Runtime;

/// <summary>Which activation each grain has: at most one.</summary>
internal sealed class GrainDirectory
{
    private readonly ConcurrentDictionary<GrainId, Activation> _activations = new();
    private readonly ConcurrentDictionary<Activation, byte> _orphans = new();

    public int Count => _activations.Count;

    public Activation? Find(GrainId grainId) => _activations.GetValueOrDefault(grainId);

    /// <summary>Adds the activation, or returns the one that is there already.</summary>
    public Activation GetOrAdd(Activation activation) => _activations.GetOrAdd(activation.GrainId, activation);

    /// <summary>Removes the activation, whether it is its grain's current one or an orphan.</summary>
    public bool Remove(Activation activation) =>
        _activations.TryRemove(KeyValuePair.Create(activation.GrainId, activation)) || _orphans.TryRemove(activation, out _);

    /// <summary>Forgets the activation while it goes on. Returns false if it was not its grain's current one.</summary>
    public bool Orphan(Activation activation)
    {
        if (!_activations.TryRemove(KeyValuePair.Create(activation.GrainId, activation))) return false;
        _orphans.TryAdd(activation, 0);
        return true;
    }

    /// <summary>All activations, orphans last, in no order that could be relied upon.</summary>
    public IEnumerable<Activation> All()
    {
        foreach (var (_, activation) in _activations) yield return activation;
        foreach (var (orphan, _) in _orphans) yield return orphan;
    }
}
