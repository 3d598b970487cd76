using System.Diagnostics.CodeAnalysis;

namespace Orleans;

/// <summary>The kinds of reasons for which activations end. Numbers are those of Microsoft.Orleans.</summary>
[SuppressMessage("Design", "CA1028", Justification = "The underlying type is that of the Orleans API.")]
public enum DeactivationReasonCode : byte
{
    /// <summary>No reason given.</summary>
    None = 0,

    /// <summary>The process is shutting down.</summary>
    ShuttingDown = 1,

    /// <summary>The constructor, a state read or <c>OnActivateAsync</c> failed.</summary>
    ActivationFailed = 2,

    /// <summary>The grain directory failed. Not used in process.</summary>
    DirectoryFailure = 3,

    /// <summary>It was idle for longer than its collection age.</summary>
    ActivationIdle = 4,

    /// <summary>It did not answer. Not used in process.</summary>
    ActivationUnresponsive = 5,

    /// <summary>Another activation of the grain exists. Not used in process.</summary>
    DuplicateActivation = 6,

    /// <summary>A call of an incompatible version arrived. Not used in process.</summary>
    IncompatibleRequest = 7,

    /// <summary>An exception left a call that the activation must not survive.</summary>
    ApplicationError = 8,

    /// <summary>The grain asked for it.</summary>
    ApplicationRequested = 9,

    /// <summary>It moves to another silo. Not used in process.</summary>
    Migrating = 10,

    /// <summary>The engine asked for it.</summary>
    RuntimeRequested = 11,

    /// <summary>The process uses more memory than it should.</summary>
    HighMemoryPressure = 12,
}
