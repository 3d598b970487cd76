namespace Orleans.Runtime;

/// <summary>The life of an activation, in this order.</summary>
internal enum ActivationState
{
    /// <summary>Its constructor, state reads and <c>OnActivateAsync</c> run; calls wait.</summary>
    Activating,

    /// <summary>Calls run.</summary>
    Valid,

    /// <summary>Running calls end, then <c>OnDeactivateAsync</c> runs; new calls wait for the next activation.</summary>
    Deactivating,

    /// <summary>It is no longer in the directory and takes no call.</summary>
    Invalid,
}
