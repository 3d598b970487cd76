using Orleans.Runtime;

namespace Orleans.CodeGeneration;

/// <summary>One call of a grain method: its arguments and, later, its answer. Generated proxies derive from its subclasses.</summary>
/// <remarks>
/// Answers are given within turns, whose scheduler keeps callers' continuations from running there at once, or by
/// <see cref="TurnScheduler.Complete"/>. So no answer needs to be handed to the thread pool, which would leave a simulation's thread.
/// It lies in at most one <see cref="CallList"/> at a time and holds that list's links itself.
/// </remarks>
public abstract class GrainCall
{
    private CancellationTokenRegistration _cancellation;

    private protected GrainCall()
    {
    }

    /// <summary>Interface and method, for messages.</summary>
    public abstract string Method { get; }

    /// <summary>What the method's attributes say.</summary>
    public virtual GrainCallOptions Options => GrainCallOptions.None;

    /// <summary>The call's own cancellation token, if it has one among its arguments.</summary>
    public virtual CancellationToken CancellationToken => default;

    internal GrainCall? Next { get; set; }

    internal GrainCall? Previous { get; set; }

    /// <summary>The turns of the engine that it was sent to.</summary>
    internal TurnScheduler? Turns { get; set; }

    /// <summary>When it was sent, in ticks of the engine's coarse clock.</summary>
    internal long SentAt { get; set; }

    /// <summary>How many activations ended before they took it.</summary>
    internal int Forwards { get; set; }

    /// <summary>True for calls that are the activation's own and die with it, such as timer ticks.</summary>
    internal virtual bool IsLocal => false;

    /// <summary>Whether it counts as use of the activation.</summary>
    internal virtual bool KeepsAlive => true;

    internal bool Has(GrainCallOptions option) => (Options & option) != 0;

    /// <summary>True once the caller has an answer, be it that the call timed out or was cancelled.</summary>
    internal abstract bool IsAnswered { get; }

    /// <summary>Calls the method.</summary>
    internal abstract Task? Invoke(object grain);

    /// <summary>Gives the caller the outcome of the task that <see cref="Invoke"/> returned, unless it was answered before.</summary>
    internal abstract void Answer(Task completed);

    /// <summary>Gives the caller an exception, unless it was answered before.</summary>
    internal abstract void Fail(Exception exception);

    /// <summary>Lets the call's own token end the caller's wait; the grain has the token too and may end its work.</summary>
    internal void ObserveCancellation()
    {
        if (CancellationToken.CanBeCanceled)
            _cancellation = CancellationToken.UnsafeRegister(static (call, token) => ((GrainCall)call!).CancelOutside(token), this);
    }

    /// <summary>Gives the caller an exception from outside of all turns.</summary>
    internal void FailOutside(Exception exception) => Turns!.Complete(() => Fail(exception));

    private void CancelOutside(CancellationToken token) => Turns!.Complete(() => Cancel(token));

    private protected abstract void Cancel(CancellationToken token);

    private protected void StopObservingCancellation() => _cancellation.Unregister();
}
