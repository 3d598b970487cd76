namespace Orleans.Runtime;

/// <summary>The activation whose turn runs on this thread.</summary>
internal static class RuntimeContext
{
    [ThreadStatic]
    private static Activation? _current;

    /// <summary>The activation whose turn runs on this thread; null outside of grains.</summary>
    public static Activation? Current
    {
        get => _current;
        set => _current = value;
    }

    /// <exception cref="InvalidOperationException">No grain's turn runs on this thread.</exception>
    public static Activation RequireCurrent() =>
        _current ?? throw new InvalidOperationException("Grains are built by the engine: get a reference from IGrainFactory and call it.");
}
