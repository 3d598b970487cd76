using Orleans.CodeGeneration;

namespace Orleans.Runtime;

/// <summary>The calls of one activation, waiting and running, and the rules by which they interleave.</summary>
/// <remarks>Not thread-safe: its scheduler holds the lock.</remarks>
internal struct CallQueue(bool reentrant)
{
    private CallList _waiting;
    private CallList _interleaving;
    private CallList _running;
    private int _runningCount;
    private int _runningReadOnlyCount;

    public readonly bool IsRunning => _runningCount > 0;

    public readonly bool IsEmpty => _runningCount == 0 && _waiting.IsEmpty && _interleaving.IsEmpty;

    /// <summary>Whether a call may start now.</summary>
    public readonly bool CanStart => !_interleaving.IsEmpty || (_waiting.First is { } call && MayJoin(call));

    public void Add(GrainCall call)
    {
        if (call.Has(GrainCallOptions.AlwaysInterleave)) _interleaving.Append(call);
        else _waiting.Append(call);
    }

    /// <summary>Moves the next call that may start from waiting to running. Calls that nobody waits for any more are dropped.</summary>
    public GrainCall? Start()
    {
        while (CanStart)
        {
            var call = _interleaving.RemoveFirst() ?? _waiting.RemoveFirst()!;
            if (call.IsAnswered) continue;
            _running.Append(call);
            _runningCount++;
            if (call.Has(GrainCallOptions.ReadOnly)) _runningReadOnlyCount++;
            return call;
        }

        return null;
    }

    public void End(GrainCall call)
    {
        _running.Remove(call);
        _runningCount--;
        if (call.Has(GrainCallOptions.ReadOnly)) _runningReadOnlyCount--;
    }

    /// <summary>Removes and returns the calls that have not started.</summary>
    public List<GrainCall> TakeWaiting()
    {
        var calls = new List<GrainCall>();
        while ((_interleaving.RemoveFirst() ?? _waiting.RemoveFirst()) is { } call) calls.Add(call);
        return calls;
    }

    /// <summary>Adds the calls to <paramref name="expired"/> that were sent before <paramref name="limit"/> and have no answer.</summary>
    public readonly void FindExpired(long limit, List<GrainCall> expired)
    {
        FindExpired(_waiting.First, limit, expired);
        FindExpired(_interleaving.First, limit, expired);
        FindExpired(_running.First, limit, expired);
    }

    /// <summary>Removes and returns all calls, running ones too.</summary>
    public List<GrainCall> TakeAll()
    {
        var calls = TakeWaiting();
        while (_running.RemoveFirst() is { } call) calls.Add(call);
        _runningCount = _runningReadOnlyCount = 0;
        return calls;
    }

    private static void FindExpired(GrainCall? call, long limit, List<GrainCall> expired)
    {
        for (; call is not null; call = call.Next)
            if (call.SentAt < limit && !call.IsLocal && !call.IsAnswered) expired.Add(call);
    }

    private readonly bool MayJoin(GrainCall call) =>
        _runningCount == 0 || reentrant || (call.Has(GrainCallOptions.ReadOnly) && _runningReadOnlyCount == _runningCount);
}
