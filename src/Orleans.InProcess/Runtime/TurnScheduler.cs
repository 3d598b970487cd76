namespace Orleans.Runtime;

/// <summary>Decides when, and on which thread, activations take their turns.</summary>
/// <remarks>The default is the thread pool; a <c>SimulatedScheduler</c> makes every order of turns reproducible.</remarks>
public abstract class TurnScheduler
{
    private protected TurnScheduler()
    {
    }

    /// <summary>Notes that the activation has a turn to take. Not called again until that turn was taken.</summary>
    internal abstract void Schedule(ActivationScheduler activation);

    /// <summary>Completes a caller's task where its continuations do no harm, from a thread that has no turn.</summary>
    internal abstract void Complete(Action completion);
}
