namespace Orleans.Runtime;

/// <summary>Decides when, and on which thread, activations take their turns.</summary>
/// <remarks>The default is the thread pool; a <c>SimulatedScheduler</c> makes every order of turns reproducible.</remarks>
public abstract class TurnScheduler
{
    private protected TurnScheduler()
    {
    }

    /// <summary>Notes that the activation has a turn to take. Not called again until that turn was taken.</summary>
    /// <param name="activation">Whose turn it is.</param>
    /// <param name="isAsked">Whether the turn is a call from outside of all grains: somebody waits, such as a browser.</param>
    internal abstract void Schedule(ActivationScheduler activation, bool isAsked);

    /// <summary>Completes a caller's task where its continuations do no harm, from a thread that has no turn.</summary>
    internal abstract void Complete(Action completion);
}
