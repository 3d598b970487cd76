namespace Orleans.CodeGeneration;

/// <summary>A call of a grain method that has a result.</summary>
public abstract class GrainCall<TResult> : GrainCall
{
    private readonly TaskCompletionSource<TResult> _answer = new();

    /// <summary>The caller's task.</summary>
    public Task<TResult> Result => _answer.Task;

    internal override bool IsAnswered => _answer.Task.IsCompleted;

    /// <summary>Calls the method.</summary>
    protected abstract Task<TResult> CallAsync(object grain);

    internal override Task? Invoke(object grain) => CallAsync(grain);

    internal override void Answer(Task completed)
    {
        StopObservingCancellation();
        _answer.TrySetFromTask((Task<TResult>)completed);
    }

    internal override void Fail(Exception exception)
    {
        StopObservingCancellation();
        _answer.TrySetException(exception);
    }

    private protected override void Cancel(CancellationToken token) => _answer.TrySetCanceled(token);
}
