using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>A state of an activation. Its storage operations run one after the other, in the order they were asked for.</summary>
internal sealed class PersistentState<TState>(string name, Activation activation, IGrainStorage storage) : IPersistentState<TState>, IStateReader
{
    private readonly GrainState<TState> _state = new(GrainStateFactory.Create<TState>());
    private Task _last = Task.CompletedTask;
    private int _operations;
    private bool _isRead;

    public TState State
    {
        get => _state.State!;
        set => _state.State = value;
    }

    public string? Etag => _state.ETag;

    public bool RecordExists =>
        _isRead ? _state.RecordExists : throw new InvalidOperationException($"State {name} of grain {activation.GrainId} has not been read yet.");

    public Task ReadStateAsync() => ReadStateAsync(CancellationToken.None);

    public Task WriteStateAsync() => WriteStateAsync(CancellationToken.None);

    public Task ClearStateAsync() => ClearStateAsync(CancellationToken.None);

    public Task ReadStateAsync(CancellationToken cancellationToken) => Enqueue(
        "read", static (self, token) => self.ReadAsync(token), cancellationToken);

    public Task WriteStateAsync(CancellationToken cancellationToken) => Enqueue(
        "write", static (self, token) => self.Storage.WriteStateAsync(self.Name, self.GrainId, self._state, token), cancellationToken);

    public Task ClearStateAsync(CancellationToken cancellationToken) => Enqueue(
        "clear", static (self, token) => self.Storage.ClearStateAsync(self.Name, self.GrainId, self._state, token), cancellationToken);

    private string Name => name;

    private IGrainStorage Storage => storage;

    private GrainId GrainId => activation.GrainId;

    private async Task ReadAsync(CancellationToken token)
    {
        await storage.ReadStateAsync(name, activation.GrainId, _state, token);
        _isRead = true;
    }

    private Task Enqueue(string operation, Func<PersistentState<TState>, CancellationToken, Task> start, CancellationToken token)
    {
        _operations++;
        var task = RunAsync(_last, operation, start, token);
        if (_operations > 0) _last = task;
        return task;
    }

    private async Task RunAsync(
        Task previous, string operation, Func<PersistentState<TState>, CancellationToken, Task> start, CancellationToken token)
    {
        if (!previous.IsCompleted)
            await previous.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        try
        {
            await start(this, token);
        }
        catch (Exception exception) when (exception is not (OrleansException or OperationCanceledException))
        {
            // As in Orleans: grains see OrleansException, with the storage's own as its cause.
            throw new OrleansException($"Storage failed to {operation} state {name} of grain {GrainId}: {exception.Message}", exception);
        }
        finally
        {
            // A state mostly rests: it need not keep the last operation with all that it awaited.
            if (--_operations == 0) _last = Task.CompletedTask;
        }
    }
}
