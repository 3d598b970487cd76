using Orleans.Runtime;

namespace Orleans.Simulation;

/// <summary>
/// Runs a test and the engines it starts on one thread, and chooses by seed at every await whose next step runs: the same seed gives
/// the same run. Time is virtual and moves to the next timer when nothing else can run.
/// </summary>
/// <remarks>
/// It holds as long as nothing leaves the thread: no <c>Task.Run</c>, no <c>ConfigureAwait(false)</c> before a continuation that
/// another thread completes, no real I/O, every delay by <see cref="Time"/>. Work that arrives from another thread fails the run.
/// </remarks>
public sealed class SimulatedScheduler : TurnScheduler
{
    private readonly List<object> _runnable = [];
    private readonly Lock _lock = new();
    private readonly SimulationContext _context;
    private int _thread = Environment.CurrentManagedThreadId;
    private string? _foreignStack;

    /// <summary>A scheduler whose choices follow from <paramref name="seed"/>.</summary>
    public SimulatedScheduler(int seed)
    {
        Seed = seed;
        Random = new Random(seed);
        _context = new SimulationContext(this);
    }

    /// <summary>The seed that all choices follow from.</summary>
    public int Seed { get; }

    /// <summary>Makes the choices; tests may draw theirs from it too.</summary>
    public Random Random { get; }

    /// <summary>The clock of everything in the simulation.</summary>
    public SimulatedTimeProvider Time { get; } = new();

    /// <summary>How many steps have run.</summary>
    public long Steps { get; private set; }

    /// <summary>Called before each step, between all turns: the place to inject faults. It must not wait.</summary>
    public Action? BeforeStep { get; set; }

    /// <summary>Chance, per step, that time moves to the next timer although something could run, as on a slow machine. Default: 0.</summary>
    public double EarlyTimerChance { get; set; }

    /// <summary>Virtual time that one <see cref="Run(Func{Task})"/> may take before it counts as stuck. Default: a day.</summary>
    public TimeSpan TimeLimit { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Steps that one <see cref="Run(Func{Task})"/> may take before it counts as stuck. Default: ten million.</summary>
    public long StepLimit { get; set; } = 10_000_000;

    /// <summary>Runs <paramref name="test"/> to its end, its own continuations among the things to choose from.</summary>
    /// <exception cref="TimeoutException">It did not end within the limits.</exception>
    /// <exception cref="InvalidOperationException">Work arrived from another thread, so that the run is not reproducible.</exception>
    public void Run(Func<Task> test)
    {
        ArgumentNullException.ThrowIfNull(test);
        _thread = Environment.CurrentManagedThreadId;
        var (timeLimit, stepLimit) = (Time.Elapsed + TimeLimit, Steps + StepLimit);
        var outer = SynchronizationContext.Current;
        try
        {
            SynchronizationContext.SetSynchronizationContext(_context);
            var running = test();
            SynchronizationContext.SetSynchronizationContext(null);
            while (!running.IsCompleted)
            {
                if (Time.Elapsed > timeLimit || Steps > stepLimit || !Step()) throw Stuck();
            }

            ThrowIfForeign();
            running.GetAwaiter().GetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    /// <summary>Runs <paramref name="test"/> to its end and returns its result.</summary>
    /// <inheritdoc cref="Run(Func{Task})" path="/exception"/>
    public T Run<T>(Func<Task<T>> test)
    {
        T result = default!;
        // A lambda in the call would be a Func<Task<T>> again, and so this method.
        Func<Task> run = async () => result = await test();
        Run(run);
        return result;
    }

    /// <summary>Lets other work run first; a point at which tests may be overtaken.</summary>
    public static async Task YieldAsync() => await Task.Yield();

    internal override void Schedule(ActivationScheduler activation, bool isAsked) => Add(activation);

    internal override void Complete(Action completion) => Post(static completion => ((Action)completion!)(), completion);

    internal void Post(SendOrPostCallback callback, object? state) => Add(new PostedStep(callback, state));

    private void Add(object item)
    {
        lock (_lock)
        {
            if (Environment.CurrentManagedThreadId != _thread) _foreignStack ??= Environment.StackTrace;
            _runnable.Add(item);
        }
    }

    private bool Step()
    {
        ThrowIfForeign();
        Steps++;
        BeforeStep?.Invoke();
        if (_runnable.Count == 0 || (EarlyTimerChance > 0 && Random.NextDouble() < EarlyTimerChance))
            return Time.AdvanceToNextTimer() || _runnable.Count > 0;
        switch (TakeAny())
        {
            case ActivationScheduler activation:
                if (activation.RunOneTurn()) Add(activation);
                break;
            case PostedStep posted:
                SynchronizationContext.SetSynchronizationContext(_context);
                posted.Run();
                SynchronizationContext.SetSynchronizationContext(null);
                break;
        }

        return true;
    }

    private object TakeAny()
    {
        lock (_lock)
        {
            var index = Random.Next(_runnable.Count);
            var item = _runnable[index];
            _runnable[index] = _runnable[^1];
            _runnable.RemoveAt(_runnable.Count - 1);
            return item;
        }
    }

    private TimeoutException Stuck() => new(
        $"The simulation with seed {Seed} did not end: {Steps} steps, {Time.Elapsed} of virtual time, {_runnable.Count} runnable. "
        + "Something waits for what never happens, or for another thread.");

    private void ThrowIfForeign()
    {
        if (_foreignStack is { } stack)
            throw new InvalidOperationException($"Work arrived from another thread, so seed {Seed} does not repeat. It came from:\n{stack}");
    }
}
