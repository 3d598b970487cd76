using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>A state write lost its ETag: the stored version is not the one the writer had read.</summary>
/// <remarks>When it leaves a grain call, it ends the activation that wrote (that one only), so that the next reads afresh.</remarks>
public class InconsistentStateException : OrleansException
{
    /// <summary>An exception without details.</summary>
    public InconsistentStateException() : base("The stored state is not the version that was read.")
    {
    }

    /// <summary>An exception with that message.</summary>
    public InconsistentStateException(string message) : base(message)
    {
    }

    /// <summary>An exception with that message and cause.</summary>
    public InconsistentStateException(string message, Exception? innerException) : base(message, innerException!)
    {
    }

    /// <summary>An exception that names both versions.</summary>
    /// <param name="errorMsg">What was attempted.</param>
    /// <param name="storedEtag">The ETag that storage holds; null when nothing is stored.</param>
    /// <param name="currentEtag">The ETag that the writer gave; null when it meant to create the state.</param>
    public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag)
        : this(errorMsg, storedEtag, currentEtag, null)
    {
    }

    /// <inheritdoc cref="InconsistentStateException(string, string?, string?)"/>
    /// <param name="errorMsg">What was attempted.</param>
    /// <param name="storedEtag">The ETag that storage holds; null when nothing is stored.</param>
    /// <param name="currentEtag">The ETag that the writer gave; null when it meant to create the state.</param>
    /// <param name="storageException">The storage's own exception, if any.</param>
    public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag, Exception? storageException)
        : base(errorMsg, storageException!)
    {
        StoredEtag = storedEtag;
        CurrentEtag = currentEtag;
    }

    /// <summary>The ETag that storage holds; null when nothing is stored or it is unknown.</summary>
    public string? StoredEtag { get; }

    /// <summary>The ETag that the writer gave; null when it meant to create the state.</summary>
    public string? CurrentEtag { get; }

    /// <summary>True until it has ended the activation that wrote, so that it ends no caller on its way up.</summary>
    internal bool IsSourceActivation { get; set; } = true;

    /// <inheritdoc/>
    public override string ToString() =>
        $"{nameof(InconsistentStateException)}: {Message} Stored ETag={StoredEtag} Given ETag={CurrentEtag} {InnerException}";
}
