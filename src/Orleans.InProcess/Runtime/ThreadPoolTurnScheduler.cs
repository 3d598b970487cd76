using System.Collections.Concurrent;
using System.Diagnostics;

namespace Orleans.Runtime;

/// <summary>
/// Activations take their turns on a few threads of the pool at most, in the order of their coming, those asked from outside of all
/// grains first. So thousands of grains at work keep neither the rest of the process waiting nor whoever asks a grain.
/// </summary>
internal sealed class ThreadPoolTurnScheduler : TurnScheduler, IThreadPoolWorkItem
{
    // After so long (a quarter of a millisecond) a thread goes to the end of the pool's queue.
    private static readonly long Slice = Stopwatch.Frequency / 4000;

    // More than processors where those are few: a turn may wait for a disk.
    private static readonly int MostThreads = Math.Max(4, Environment.ProcessorCount);

    private readonly ConcurrentQueue<ActivationScheduler> _asked = new();
    private readonly ConcurrentQueue<ActivationScheduler> _ready = new();
    private int _threads;

    internal override void Schedule(ActivationScheduler activation, bool isAsked)
    {
        (isAsked ? _asked : _ready).Enqueue(activation);
        TakeThread();
    }

    internal override void Complete(Action completion) =>
        ThreadPool.UnsafeQueueUserWorkItem(static completion => completion(), completion, preferLocal: false);

    void IThreadPoolWorkItem.Execute()
    {
        var end = Stopwatch.GetTimestamp() + Slice;
        while (_asked.TryDequeue(out var activation) || _ready.TryDequeue(out activation))
        {
            activation.Execute();
            if (Stopwatch.GetTimestamp() < end) continue;
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            return;
        }

        Interlocked.Decrement(ref _threads);
        // What came after the last look, and found all threads taken.
        if (!_asked.IsEmpty || !_ready.IsEmpty) TakeThread();
    }

    private void TakeThread()
    {
        for (var threads = Volatile.Read(ref _threads); threads < MostThreads; threads = Volatile.Read(ref _threads))
        {
            if (Interlocked.CompareExchange(ref _threads, threads + 1, threads) != threads) continue;
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            return;
        }
    }
}
