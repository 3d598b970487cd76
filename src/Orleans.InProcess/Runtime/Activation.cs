using Microsoft.Extensions.DependencyInjection;
using Orleans.CodeGeneration;
using Orleans.Storage;

namespace Orleans.Runtime;

/// <summary>One grain in memory: its object, its state in life, its calls.</summary>
/// <remarks>
/// Everything asynchronous in here runs on the activation's own scheduler, as turns like any other. What changes is guarded by the lock on
/// this object, not by the scheduler's: a thread that takes the turn would wait for the one that brought it.
/// </remarks>
internal sealed class Activation : IGrainContext
{
    private List<GrainTimer>? _timers;
    private List<IStateReader>? _states;
    private TaskCompletionSource? _deactivated;
    private IServiceScope? _services;
    private DeactivationReason _reason;
    private CancellationToken _deactivationToken;
    private bool _wasValid;
    private bool _finishing;
    private volatile bool _orphaned;
    private long _keepAliveUntil;

    public Activation(Silo silo, GrainClass grainClass, GrainId grainId, long number)
    {
        Silo = silo;
        Class = grainClass;
        Number = number;
        GrainReference = new GrainReference(new GrainReferenceBinding(silo, grainId));
        Scheduler = new ActivationScheduler(this, silo.Turns, grainClass.IsReentrant);
        LastUsed = silo.Clock.Now;
    }

    public Silo Silo { get; }

    public GrainClass Class { get; }

    /// <summary>Counts activations of the engine: an order that does not depend on hashes.</summary>
    public long Number { get; }

    public ActivationScheduler Scheduler { get; }

    public GrainReference GrainReference { get; }

    public GrainId GrainId => GrainReference.GrainId;

    public object? GrainInstance { get; private set; }

    public ActivationState State { get; private set; }

    /// <summary>When it last ended a call, in ticks of the engine's coarse clock.</summary>
    public long LastUsed { get; private set; }

    public IServiceProvider ActivationServices
    {
        get
        {
            lock (this) return (_services ??= Silo.Services.CreateScope()).ServiceProvider;
        }
    }

    public Task Deactivated
    {
        get
        {
            lock (this)
            {
                _deactivated ??= new TaskCompletionSource();
                if (State == ActivationState.Invalid) _deactivated.TrySetResult();
                return _deactivated.Task;
            }
        }
    }

    /// <summary>Whether it has been idle for its collection age and nothing keeps it.</summary>
    public bool IsStale(long now) =>
        State == ActivationState.Valid && !Scheduler.MayHaveCalls && now >= _keepAliveUntil && now - LastUsed >= Class.CollectionAge.Ticks;

    /// <summary>Whether it may be ended to save memory.</summary>
    public bool IsIdle(long now) => State == ActivationState.Valid && !Scheduler.MayHaveCalls && now >= _keepAliveUntil && !Class.IsKeptAlive;

    public void DelayDeactivation(TimeSpan time) =>
        _keepAliveUntil = time == Timeout.InfiniteTimeSpan || time == TimeSpan.MaxValue ? long.MaxValue
            : time <= TimeSpan.Zero ? 0
            : Silo.Clock.Now + time.Ticks;

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public override string ToString() => $"{GrainId}#{Number}";

    /// <summary>Begins activation: builds the grain, reads its states, calls <c>OnActivateAsync</c>.</summary>
    public void Start() => StartOnScheduler(static activation => activation.ActivateAsync());

    /// <summary>Queues a call. Returns false if the activation takes none any more: the directory has, or will make, another.</summary>
    public bool TryEnqueue(GrainCall call)
    {
        lock (this)
        {
            if (State == ActivationState.Invalid || (_orphaned && !call.IsLocal)) return false;
            Scheduler.Enqueue(call);
            return true;
        }
    }

    /// <summary>Runs a call; the activation's scheduler calls this within a turn.</summary>
    public void Run(GrainCall call)
    {
        Task task;
        try
        {
            task = call.Invoke(GrainInstance!)
                ?? throw new InvalidOperationException($"{call.Method} returned null in place of a task.");
        }
        catch (Exception exception)
        {
            // The grain's own exception goes to the caller, whatever it is.
            End(call, exception);
            call.Fail(exception);
            return;
        }

        if (task.IsCompleted) EndAndAnswer(call, task);
        else _ = EndLater(call, task);
    }

    /// <inheritdoc/>
    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        lock (this)
        {
            if (State >= ActivationState.Deactivating) return;
            _wasValid = State == ActivationState.Valid;
            State = ActivationState.Deactivating;
            _reason = deactivationReason;
            _deactivationToken = cancellationToken;
            Scheduler.Close();
            // An activation in progress comes to its end first.
            if (!_wasValid || !TryBeginFinish()) return;
        }

        StartOnScheduler(static activation => activation.FinishAsync());
    }

    /// <summary>Drops the activation with its memory: nothing of it runs again, its callers get <paramref name="exception"/>.</summary>
    public void Halt(Exception exception)
    {
        List<GrainCall> calls;
        lock (this)
        {
            State = ActivationState.Invalid;
            calls = Scheduler.Halt();
        }

        StopTimers();
        foreach (var call in calls.Where(call => !call.IsLocal)) call.FailOutside(exception);
        Silo.Turns.Complete(() => _deactivated?.TrySetResult());
    }

    /// <summary>Takes it out of the directory's view: it goes on with what it has but gets no further call from others.</summary>
    public void Orphan() => _orphaned = true;

    public void Add(GrainTimer timer)
    {
        lock (this) (_timers ??= []).Add(timer);
    }

    public void Remove(GrainTimer timer)
    {
        lock (this) _timers?.Remove(timer);
    }

    /// <summary>A state to read before <c>OnActivateAsync</c>.</summary>
    public void Add(IStateReader state) => (_states ??= []).Add(state);

    private async Task ActivateAsync()
    {
        DeactivationReason? failure = null;
        try
        {
            using var timeout = new CancellationTokenSource(Silo.Collection.ActivationTimeout, Silo.Time);
            GrainInstance = Class.Build(this);
            foreach (var state in _states ?? []) await state.ReadStateAsync(timeout.Token);
            _states = null;
            await ((IGrainBase)GrainInstance).OnActivateAsync(timeout.Token).WaitAsync(timeout.Token);
        }
        catch (Exception exception)
        {
            // Whatever it is, it reaches the callers that wait, in FinishAsync.
            Silo.Log.ActivationFailed(GrainId, exception);
            failure = new DeactivationReason(DeactivationReasonCode.ActivationFailed, exception, "Failed to activate grain.");
        }

        lock (this)
        {
            if (State == ActivationState.Invalid) return;
            LastUsed = Silo.Clock.Now;
            if (failure is null && State == ActivationState.Activating)
            {
                State = ActivationState.Valid;
                Scheduler.Open();
                return;
            }

            State = ActivationState.Deactivating;
            _reason = failure ?? _reason;
            _finishing = true;
        }

        await FinishAsync();
    }

    private async Task EndLater(GrainCall call, Task task)
    {
        await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        EndAndAnswer(call, task);
    }

    private void EndAndAnswer(GrainCall call, Task task)
    {
        End(call, task.Exception?.InnerException);
        call.Answer(task);
    }

    private void End(GrainCall call, Exception? exception)
    {
        if (exception is InconsistentStateException { IsSourceActivation: true } conflict)
        {
            conflict.IsSourceActivation = false;
            Silo.Log.StateConflict(GrainId, conflict);
            Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationError, conflict, "A state write lost its ETag."));
        }

        if (call.KeepsAlive) LastUsed = Silo.Clock.Now;
        if (!Scheduler.End(call) || State != ActivationState.Deactivating) return;
        lock (this)
        {
            if (!TryBeginFinish()) return;
        }

        StartOnScheduler(static activation => activation.FinishAsync());
    }

    private bool TryBeginFinish()
    {
        if (State != ActivationState.Deactivating || _finishing || Scheduler.IsRunning) return false;
        return _finishing = true;
    }

    private async Task FinishAsync()
    {
        StopTimers();
        if (_wasValid) await CallOnDeactivateAsync();
        // First out of the directory, then invalid: whoever finds it in between queues a call that goes on below.
        Silo.Directory.Remove(this);
        await DisposeGrainAsync();
        List<GrainCall> waiting;
        lock (this)
        {
            if (State == ActivationState.Invalid) return;
            State = ActivationState.Invalid;
            waiting = Scheduler.TakeWaiting();
        }

        _deactivated?.TrySetResult();
        foreach (var call in waiting) Silo.Forward(GrainId, call, _reason);
    }

    private async Task CallOnDeactivateAsync()
    {
        try
        {
            using var timeout = new CancellationTokenSource(Silo.Collection.DeactivationTimeout, Silo.Time);
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _deactivationToken);
            await ((IGrainBase)GrainInstance!).OnDeactivateAsync(_reason, linked.Token).WaitAsync(linked.Token);
        }
        catch (Exception exception)
        {
            // The activation ends all the same; there is no caller to tell.
            Silo.Log.DeactivationFailed(GrainId, exception);
        }
    }

    private async Task DisposeGrainAsync()
    {
        try
        {
            if (GrainInstance is IAsyncDisposable asyncDisposable) await asyncDisposable.DisposeAsync();
            else if (GrainInstance is IDisposable disposable) disposable.Dispose();
            if (_services is IAsyncDisposable services) await services.DisposeAsync();
        }
        catch (Exception exception)
        {
            Silo.Log.DisposeFailed(GrainId, exception);
        }
    }

    private void StopTimers()
    {
        GrainTimer[] timers;
        lock (this) timers = [.. _timers ?? []];
        foreach (var timer in timers) timer.Dispose();
    }

    private void StartOnScheduler(Func<Activation, Task> action) =>
        _ = Task.Factory.StartNew(
            static state =>
            {
                var (activation, action) = ((Activation, Func<Activation, Task>))state!;
                return action(activation);
            },
            (this, action),
            CancellationToken.None,
            TaskCreationOptions.DenyChildAttach,
            Scheduler);
}
