namespace Snowplow.Silo.Kusto;

/// <summary>Ends a request with an error.</summary>
internal sealed class KustoException(KustoError error, Exception? cause = null) : Exception(error.Detail, cause)
{
    /// <summary>What the client is told.</summary>
    public KustoError Error { get; } = error;
}
