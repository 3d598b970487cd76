namespace Snowplow.Enrich.Assets;

/// <summary>Something loaded from a file, replaced as a whole when the file changes. Reading it is free.</summary>
/// <typeparam name="T">What the file becomes: immutable, or at least thread-safe. An old one is left to the garbage collector,
/// since a pipeline may be using it.</typeparam>
internal sealed class Asset<T>
    where T : class
{
    private volatile T _current;

    /// <summary>Starts with what the file holds now.</summary>
    public Asset(T current) => _current = current;

    /// <summary>What the file holds. Take it once for an event.</summary>
    public T Current => _current;

    /// <summary>Takes over a newer one.</summary>
    public void Replace(T newer) => _current = newer;
}
