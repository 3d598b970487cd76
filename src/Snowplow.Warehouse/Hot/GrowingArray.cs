using Snowplow.Kql.Data;

namespace Snowplow.Warehouse.Hot;

/// <summary>
/// An array to which one thread appends while others read what they know to be there: chunks of <see cref="Batch.Size"/> elements, which stay where they are
/// once they are full.
/// </summary>
/// <typeparam name="T">The type of the elements.</typeparam>
internal sealed class GrowingArray<T>
    where T : unmanaged
{
    private const int Least = 256;

    private T[][] _chunks = [];
    private int _count;

    /// <summary>Number of elements; for the thread that appends.</summary>
    public int Count => _count;

    /// <summary>Bytes taken, about.</summary>
    public unsafe long SizeBytes => (long)sizeof(T) * (_chunks.Length == 0 ? 0 : ((_chunks.Length - 1) * Batch.Size) + _chunks[^1].Length);

    /// <summary>A chunk; elements beyond those that the reader knows of are not to be read.</summary>
    public T[] this[int chunk] => Volatile.Read(ref Volatile.Read(ref _chunks)[chunk]);

    /// <summary>The element appended last; for the thread that appends.</summary>
    public ref T Last => ref _chunks[(_count - 1) / Batch.Size][(_count - 1) % Batch.Size];

    /// <summary>Appends an element.</summary>
    public void Add(T value)
    {
        var (chunk, place) = (_count / Batch.Size, _count % Batch.Size);
        if (chunk == _chunks.Length) Volatile.Write(ref _chunks, [.. _chunks, new T[Least]]);
        else if (place == _chunks[chunk].Length) Grow(chunk, 2 * place);
        _chunks[chunk][place] = value;
        _count++;
    }

    /// <summary>Appends an element as often as it takes to have so many.</summary>
    public void Fill(T value, int count)
    {
        while (_count < count) Add(value);
    }

    private void Grow(int chunk, int length)
    {
        var grown = new T[length];
        _chunks[chunk].CopyTo(grown, 0);
        Volatile.Write(ref _chunks[chunk], grown);
    }
}
