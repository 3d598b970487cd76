namespace Snowplow.Storage.Warehouse;

/// <summary>
/// Where analysts query: tables of the enriched events, the bad rows and the rows of the models. Called by every partition, at the end of
/// each checkpoint. Implementations: the embedded store, Azure Data Explorer.
/// </summary>
public interface IWarehouse
{
    /// <summary>
    /// Loads what a range of a partition brought, once: a unit, or a batch of one, that has been loaded is passed over, whoever brings it
    /// again. What it holds is in files already and may be read from there at any later time.
    /// </summary>
    /// <param name="unit">The range; its lines are only valid until the task ends.</param>
    /// <param name="cancellationToken">Ends the wait; the unit may have been loaded all the same.</param>
    /// <exception cref="IOException">The warehouse failed; the unit may have been loaded all the same.</exception>
    ValueTask LoadAsync(WarehouseUnit unit, CancellationToken cancellationToken);
}
