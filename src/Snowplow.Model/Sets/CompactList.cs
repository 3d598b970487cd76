namespace Snowplow.Model.Sets;

/// <summary>
/// A list without an object of its own, which grows from one element on. A state of a user or session has many that hold nothing or one
/// element, and every object in memory is one that garbage collections visit. Keep it in a field that is not readonly.
/// </summary>
/// <typeparam name="T">The type of the elements.</typeparam>
internal struct CompactList<T>
{
    private T[]? _elements;

    /// <summary>Number of elements.</summary>
    public int Count { get; private set; }

    /// <summary>The elements; good until the list changes.</summary>
    public readonly Span<T> Elements => _elements.AsSpan(0, Count);

    /// <summary>An element.</summary>
    /// <exception cref="IndexOutOfRangeException">There is none at this place.</exception>
    public readonly ref T this[int at] => ref Elements[at];

    /// <summary>Puts an element before the one at a place, or at the end.</summary>
    public void Insert(int at, T element)
    {
        if (Count == (_elements?.Length ?? 0)) Array.Resize(ref _elements, Math.Max(1, 2 * Count));
        Count++;
        Elements[at..^1].CopyTo(Elements[(at + 1)..]);
        Elements[at] = element;
    }

    /// <summary>Takes elements out.</summary>
    public void RemoveRange(int at, int count)
    {
        Elements[(at + count)..].CopyTo(Elements[at..]);
        Elements[^count..].Clear();
        Count -= count;
    }

    /// <summary>Takes an element out.</summary>
    public void RemoveAt(int at) => RemoveRange(at, 1);
}
