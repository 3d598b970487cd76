namespace Orleans.CodeGeneration;

/// <summary>What the attributes of a grain interface method say about its calls.</summary>
[Flags]
public enum GrainCallOptions
{
    /// <summary>An ordinary call.</summary>
    None = 0,

    /// <summary><see cref="Concurrency.AlwaysInterleaveAttribute"/>.</summary>
    AlwaysInterleave = 1,

    /// <summary><see cref="Concurrency.ReadOnlyAttribute"/>.</summary>
    ReadOnly = 2,
}
