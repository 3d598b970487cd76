namespace Orleans;

/// <summary>A state as grain storage reads and writes it.</summary>
public interface IGrainState<T>
{
    /// <summary>The state itself.</summary>
    T? State { get; set; }

    /// <summary>Names the stored version that <see cref="State"/> was read from or written as; null when none is stored.</summary>
    string? ETag { get; set; }

    /// <summary>Whether a stored version exists.</summary>
    bool RecordExists { get; set; }
}
