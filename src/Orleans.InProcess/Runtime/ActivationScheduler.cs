using Orleans.CodeGeneration;

namespace Orleans.Runtime;

/// <summary>Runs the turns of one activation, one at a time: calls that may start, and continuations of those that run.</summary>
/// <remarks>
/// Grain code sees it as <see cref="TaskScheduler.Current"/>, which is how awaits come back to it. All fields are guarded by the
/// lock on this object, which no code outside of the engine can reach for long: a turn never runs under it.
/// </remarks>
internal sealed class ActivationScheduler(Activation activation, TurnScheduler turns, bool reentrant) : TaskScheduler
{
    // After so many turns in a row the thread goes on to other activations.
    private const int TurnsInARow = 64;

    private static readonly Action<object?> RunTurnsAction = static scheduler => ((ActivationScheduler)scheduler!).RunTurns();
    private static readonly Action<object?> RunCallAction = static scheduler => ((ActivationScheduler)scheduler!).RunCall();

    // The next continuation, and those behind it. Mostly there is one at a time: activations at rest keep no queue.
    private Task? _nextTask;
    private Queue<Task>? _laterTasks;
    private CallQueue _calls = new(reentrant);
    private GrainCall? _starting;
    private bool _scheduled;
    private bool _open;
    private bool _halted;
    private bool _paused;
    private bool _callIsNext;

    public override int MaximumConcurrencyLevel => 1;

    public Activation Activation => activation;

    /// <summary>Whether calls run.</summary>
    public bool IsRunning
    {
        get
        {
            lock (this) return _calls.IsRunning;
        }
    }

    /// <summary>Whether calls wait or run. Read without the lock: only good as a hint.</summary>
    public bool MayHaveCalls => !_calls.IsEmpty;

    /// <summary>Lets calls start.</summary>
    public void Open()
    {
        lock (this)
        {
            _open = true;
            if (!TrySchedule()) return;
        }

        turns.Schedule(this, isAsked: false);
    }

    /// <summary>Lets no further call start. Continuations go on.</summary>
    public void Close()
    {
        lock (this) _open = false;
    }

    public void Enqueue(GrainCall call)
    {
        lock (this)
        {
            if (_halted) return;
            _calls.Add(call);
            if (!TrySchedule()) return;
        }

        turns.Schedule(this, RuntimeContext.Current is null);
    }

    /// <summary>Ends a running call. Returns whether it was the last one.</summary>
    public bool End(GrainCall call)
    {
        lock (this)
        {
            if (_halted) return false;
            _calls.End(call);
            return !_calls.IsRunning;
        }
    }

    public List<GrainCall> TakeWaiting()
    {
        lock (this) return _calls.TakeWaiting();
    }

    public void FindExpired(long limit, List<GrainCall> expired)
    {
        lock (this) _calls.FindExpired(limit, expired);
    }

    /// <summary>Drops everything queued and whatever comes later: nothing of the activation runs again. Returns its calls.</summary>
    public List<GrainCall> Halt()
    {
        lock (this)
        {
            _halted = true;
            _open = false;
            (_nextTask, _laterTasks) = (null, null);
            return _calls.TakeAll();
        }
    }

    /// <summary>Takes no turn until resumed.</summary>
    public void Pause()
    {
        lock (this) _paused = true;
    }

    public void Resume()
    {
        lock (this)
        {
            _paused = false;
            if (!TrySchedule()) return;
        }

        turns.Schedule(this, isAsked: false);
    }

    /// <summary>Takes turns on this thread until there is none to take or others should have their chance.</summary>
    public void Execute()
    {
        // The task around the turns makes this scheduler the current one for calls as well as for continuations.
        Enter(RunTurnsAction);
        lock (this)
        {
            _scheduled = HasTurn;
            if (!_scheduled) return;
        }

        turns.Schedule(this, isAsked: false);
    }

    /// <summary>Takes one turn on this thread. Returns whether there is another to take; if not, it will be scheduled anew.</summary>
    internal bool RunOneTurn()
    {
        if (NextTurn() is { } turn)
        {
            if (turn is Task task)
            {
                RunTask(task);
            }
            else
            {
                _starting = (GrainCall)turn;
                Enter(RunCallAction);
            }
        }

        lock (this) return _scheduled = HasTurn;
    }

    protected override void QueueTask(Task task)
    {
        lock (this)
        {
            if (_halted) return;
            if (_nextTask is null) _nextTask = task;
            else (_laterTasks ??= new Queue<Task>()).Enqueue(task);
            if (!TrySchedule()) return;
        }

        turns.Schedule(this, isAsked: false);
    }

    // Within the activation's own turn a task may run at once: it is on the right thread, and nothing of the activation runs elsewhere.
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && ReferenceEquals(RuntimeContext.Current, activation) && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (this) return _nextTask is null ? [] : [_nextTask, .. _laterTasks ?? []];
    }

    private bool HasTurn => !_halted && !_paused && (_nextTask is not null || (_open && _calls.CanStart));

    private bool TrySchedule()
    {
        if (_scheduled || !HasTurn) return false;
        return _scheduled = true;
    }

    private void RunTurns()
    {
        for (var i = 0; i < TurnsInARow && NextTurn() is { } turn; i++)
        {
            if (turn is Task task) TryExecuteTask(task);
            else activation.Run((GrainCall)turn);
        }
    }

    private void RunCall() => activation.Run(_starting!);

    /// <summary>The next turn: a task or a call. Both kinds take turns, so that neither a busy loop nor a flood of calls starves the other.</summary>
    private object? NextTurn()
    {
        lock (this)
        {
            if (!HasTurn) return null;
            _callIsNext = !_callIsNext;
            if (_callIsNext && _open && _calls.Start() is { } call) return call;
            return TakeTask() ?? (object?)(_open ? _calls.Start() : null);
        }
    }

    private Task? TakeTask()
    {
        var task = _nextTask;
        _nextTask = null;
        if (_laterTasks is null) return task;
        _nextTask = _laterTasks.Dequeue();
        if (_laterTasks.Count == 0) _laterTasks = null;
        return task;
    }

    private void Enter(Action<object?> action)
    {
        var previous = RuntimeContext.Current;
        RuntimeContext.Current = activation;
        try
        {
            new Task(action, this, TaskCreationOptions.DenyChildAttach).RunSynchronously(this);
        }
        finally
        {
            RuntimeContext.Current = previous;
        }
    }

    private void RunTask(Task task)
    {
        var previous = RuntimeContext.Current;
        RuntimeContext.Current = activation;
        try
        {
            TryExecuteTask(task);
        }
        finally
        {
            RuntimeContext.Current = previous;
        }
    }
}
