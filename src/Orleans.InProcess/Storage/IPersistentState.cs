using Orleans.Core;

namespace Orleans.Runtime;

/// <summary>A state that is read before the grain's activation and written when the grain says so.</summary>
public interface IPersistentState<TState> : IStorage<TState>;
