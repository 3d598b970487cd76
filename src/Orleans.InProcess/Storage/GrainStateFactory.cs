namespace Orleans.Storage;

/// <summary>Makes the state of a grain that has none stored.</summary>
internal static class GrainStateFactory
{
    /// <summary>A new state: the default of a value type, otherwise what the parameterless constructor makes.</summary>
    /// <exception cref="InvalidOperationException">The state type has no public parameterless constructor.</exception>
    public static TState Create<TState>()
    {
        if (typeof(TState).IsValueType) return default!;
        try
        {
            return Activator.CreateInstance<TState>();
        }
        catch (MissingMethodException exception)
        {
            throw new InvalidOperationException($"The grain state type {typeof(TState)} needs a public parameterless constructor.", exception);
        }
    }
}
