namespace Orleans.Runtime;

/// <summary>Activations take their turns on the thread pool.</summary>
internal sealed class ThreadPoolTurnScheduler : TurnScheduler
{
    internal override void Schedule(ActivationScheduler activation) => ThreadPool.UnsafeQueueUserWorkItem(activation, preferLocal: true);

    internal override void Complete(Action completion) =>
        ThreadPool.UnsafeQueueUserWorkItem(static completion => completion(), completion, preferLocal: false);
}
