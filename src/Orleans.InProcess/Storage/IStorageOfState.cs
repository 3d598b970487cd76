namespace Orleans.Core;

/// <summary>One stored state of an activation, with the state in memory.</summary>
public interface IStorage<TState> : IStorage
{
    /// <summary>The state in memory; a new instance where none is stored.</summary>
    TState State { get; set; }
}
