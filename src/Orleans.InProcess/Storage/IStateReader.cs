namespace Orleans.Storage;

/// <summary>A state that an activation reads before it takes calls.</summary>
internal interface IStateReader
{
    Task ReadStateAsync(CancellationToken cancellationToken);
}
