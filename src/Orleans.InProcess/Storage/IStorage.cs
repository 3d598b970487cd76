namespace Orleans.Core;

/// <summary>One stored state of an activation.</summary>
public interface IStorage
{
    /// <summary>Names the stored version that was last read or written; null when none is stored.</summary>
    string? Etag { get; }

    /// <summary>Whether a stored version existed when last read or written.</summary>
    bool RecordExists { get; }

    /// <summary>Deletes the stored state if it is the version last read or written.</summary>
    /// <exception cref="Storage.InconsistentStateException">It is another version.</exception>
    Task ClearStateAsync();

    /// <summary>Writes the state in place of the version last read or written.</summary>
    /// <exception cref="Storage.InconsistentStateException">Another version is stored.</exception>
    Task WriteStateAsync();

    /// <summary>Reads the stored state, dropping changes that were not written.</summary>
    Task ReadStateAsync();

    /// <inheritdoc cref="ClearStateAsync()"/>
    Task ClearStateAsync(CancellationToken cancellationToken) => ClearStateAsync();

    /// <inheritdoc cref="WriteStateAsync()"/>
    Task WriteStateAsync(CancellationToken cancellationToken) => WriteStateAsync();

    /// <inheritdoc cref="ReadStateAsync()"/>
    Task ReadStateAsync(CancellationToken cancellationToken) => ReadStateAsync();
}
