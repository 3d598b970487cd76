namespace Snowplow.Azure.DataExplorer;

/// <summary>A command that Data Explorer did not carry out, or of which the outcome is unknown.</summary>
/// <param name="message">What failed, in the service's words.</param>
/// <param name="isPermanent">Whether it would fail again as it is: a table, a right or a column is missing.</param>
/// <param name="isUnknown">Whether it may have been carried out, or still be under way.</param>
/// <param name="innerException">The failure below, if there was one.</param>
internal sealed class KustoException(string message, bool isPermanent, bool isUnknown, Exception? innerException = null) : Exception(message, innerException)
{
    public bool IsPermanent => isPermanent;

    public bool IsUnknown => isUnknown;

    /// <summary>Whether an ingestion ended because of the files that it was to load.</summary>
    public bool IsOfFiles { get; init; }

    /// <summary>Whether part of it was carried out.</summary>
    public bool IsPartial { get; init; }
}
