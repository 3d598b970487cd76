using System.Diagnostics.CodeAnalysis;

namespace Orleans.Streams;

/// <summary>An item's place in its stream.</summary>
[SuppressMessage("Design", "CA1036", Justification = "The type has no operators in the Orleans API.")]
public abstract class StreamSequenceToken : IEquatable<StreamSequenceToken?>, IComparable<StreamSequenceToken?>
{
    /// <summary>Rises with every write to the stream.</summary>
    public abstract long SequenceNumber { get; protected set; }

    /// <summary>The item's place among those written at once.</summary>
    public abstract int EventIndex { get; protected set; }

    /// <inheritdoc/>
    public abstract bool Equals(StreamSequenceToken? other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as StreamSequenceToken);

    /// <inheritdoc/>
    public abstract override int GetHashCode();

    /// <inheritdoc/>
    public abstract int CompareTo(StreamSequenceToken? other);
}
