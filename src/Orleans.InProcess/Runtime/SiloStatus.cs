namespace Orleans.Runtime;

/// <summary>The life of an engine, in this order.</summary>
internal enum SiloStatus
{
    /// <summary>Not started.</summary>
    Created,

    /// <summary>Takes calls.</summary>
    Active,

    /// <summary>Takes calls of activations that still exist, from grains only; ends all activations.</summary>
    Stopping,

    /// <summary>Takes no calls; nothing runs.</summary>
    Stopped,
}
