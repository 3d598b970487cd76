using System.Collections;
using System.Collections.Immutable;

namespace Orleans.InProcess.Generator;

/// <summary>An array that is equal to another with equal elements, which is what incremental steps compare by.</summary>
internal readonly struct EquatableArray<T>(ImmutableArray<T> items) : System.IEquatable<EquatableArray<T>>, IEnumerable<T>
{
    private ImmutableArray<T> Items => items.IsDefault ? [] : items;

    public bool IsEmpty => Items.IsEmpty;

    public bool Equals(EquatableArray<T> other) => Items.SequenceEqual(other.Items);

    public override bool Equals(object? obj) => obj is EquatableArray<T> other && Equals(other);

    public override int GetHashCode() => Items.Aggregate(17, (hash, item) => unchecked((hash * 31) + (item?.GetHashCode() ?? 0)));

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)Items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
