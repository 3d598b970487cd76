namespace Orleans.Behaviour;

public sealed class CallGrain(Journal journal) : Grain, ICallGrain
{
    private int _count;
    private int _running;

    public Task<string> Echo(string text) => Task.FromResult(text);

    public ValueTask<int> Add(int left, int right) => new(left + right);

    public ValueTask Rest() => default;

    public Task<string> Key() => Task.FromResult(this.GetPrimaryKeyString());

    public async Task<int> Count()
    {
        if (++_running > 1) throw new InvalidOperationException("Two calls run at once.");
        var count = _count;
        await Task.Yield();
        _count = count + 1;
        _running--;
        return _count;
    }

    public Task Fail(string message) => throw new NotSupportedException(message);

    public async Task FailLater(string message)
    {
        await Task.Yield();
        throw new NotSupportedException(message);
    }

    public async Task<string> WaitFor(string gate, CancellationToken cancellationToken)
    {
        journal.Add($"waiting for {gate}");
        await journal.Until(gate).WaitAsync(cancellationToken);
        return gate;
    }

    public Task Note(string entry)
    {
        journal.Add(entry);
        throw new NotSupportedException("Nobody sees this.");
    }

    public async Task<string> AskOther(string key) => await GrainFactory.GetGrain<ICallGrain>(key).Key();

    public async Task<bool> StaysOnScheduler()
    {
        var scheduler = TaskScheduler.Current;
        if (scheduler == TaskScheduler.Default) return false;
        await Task.Yield();
        if (TaskScheduler.Current != scheduler) return false;
        await Task.Delay(1);
        if (TaskScheduler.Current != scheduler) return false;
        return await Task.Factory.StartNew(
            () => TaskScheduler.Current == scheduler, CancellationToken.None, TaskCreationOptions.None, scheduler);
    }
}
