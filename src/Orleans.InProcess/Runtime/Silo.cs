using Microsoft.Extensions.Options;
using Orleans.CodeGeneration;
using Orleans.Configuration;

namespace Orleans.Runtime;

/// <summary>The engine: sends calls to activations, which it makes on first call and ends at shutdown.</summary>
internal sealed class Silo
{
    private readonly SiloMessagingOptions _messaging;
    private readonly ActivationSweeper _sweeper;
    private long _activationCount;
    private volatile SiloStatus _status;

    public Silo(
        IServiceProvider services,
        TimeProvider time,
        TurnScheduler turns,
        IOptions<GrainCollectionOptions> collection,
        IOptions<SiloMessagingOptions> messaging,
        ServiceLifetimes lifetimes,
        EngineLog log)
    {
        Services = services;
        Time = time;
        Turns = turns;
        Log = log;
        Collection = collection.Value;
        _messaging = messaging.Value;
        Clock = new CoarseClock(time);
        Catalog = new GrainCatalog(collection, lifetimes);
        GrainFactory = new GrainFactory(this);
        _sweeper = new ActivationSweeper(this, _messaging.ResponseTimeout);
    }

    public IServiceProvider Services { get; }

    public TimeProvider Time { get; }

    public TurnScheduler Turns { get; }

    public EngineLog Log { get; }

    public GrainCollectionOptions Collection { get; }

    public CoarseClock Clock { get; }

    public GrainCatalog Catalog { get; }

    public GrainDirectory Directory { get; } = new();

    public GrainFactory GrainFactory { get; }

    public ActivationSweeper Sweeper => _sweeper;

    public void Start()
    {
        _status = SiloStatus.Active;
        _sweeper.Start();
    }

    /// <summary>Takes no further call from outside, lets running calls end and deactivates every activation.</summary>
    /// <param name="deadline">When cancelled, what is left ends at once, without <c>OnDeactivateAsync</c>.</param>
    public async Task StopAsync(CancellationToken deadline)
    {
        if (_status != SiloStatus.Active) return;
        _status = SiloStatus.Stopping;
        var reason = new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The process is shutting down.");
        try
        {
            while (Directory.Count > 0)
            {
                var activations = Directory.All().OrderBy(activation => activation.Number).ToList();
                foreach (var activation in activations) activation.Deactivate(reason, deadline);
                await Task.WhenAll(activations.Select(activation => activation.Deactivated)).WaitAsync(deadline);
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            Log.ShutdownIncomplete(Directory.Count, string.Join(", ", Directory.All().Take(5)));
        }

        Abort();
    }

    /// <summary>Ends at once, as a killed process does: nothing of any activation runs again.</summary>
    public void Abort()
    {
        _status = SiloStatus.Stopped;
        _sweeper.Stop();
        foreach (var activation in Directory.All().OrderBy(activation => activation.Number).ToList())
        {
            Directory.Remove(activation);
            activation.Halt(Unavailable());
        }
    }

    /// <summary>Sends a call to the grain's activation. Whatever prevents that is the call's answer.</summary>
    public void Send(GrainId grainId, GrainCall call)
    {
        if (call.CancellationToken.IsCancellationRequested)
        {
            call.Fail(new OperationCanceledException(call.CancellationToken));
            return;
        }

        if (_status != SiloStatus.Active && (_status != SiloStatus.Stopping || RuntimeContext.Current is null))
        {
            call.Fail(Unavailable());
            return;
        }

        call.Turns = Turns;
        call.SentAt = Clock.Now;
        call.ObserveCancellation();
        Dispatch(grainId, call);
    }

    /// <summary>Sends on a call that an activation did not take before it ended.</summary>
    public void Forward(GrainId grainId, GrainCall call, DeactivationReason reason)
    {
        if (call.IsLocal || call.IsAnswered) return;
        if (reason.Exception is { } exception)
        {
            call.Fail(exception);
        }
        else if (++call.Forwards > _messaging.MaxForwardCount)
        {
            call.Fail(new OrleansMessageRejectionException(
                $"{call.Method} on {grainId} was not taken by any of {call.Forwards} activations, the last of which ended: {reason}"));
        }
        else
        {
            Dispatch(grainId, call);
        }
    }

    private void Dispatch(GrainId grainId, GrainCall call)
    {
        try
        {
            while (!FindOrActivate(grainId).TryEnqueue(call))
            {
                // The activation ended in between; it has left the directory by now.
            }
        }
        catch (Exception exception) when (exception is ArgumentException or OrleansMessageRejectionException)
        {
            call.Fail(exception);
        }
    }

    private Activation FindOrActivate(GrainId grainId)
    {
        if (Directory.Find(grainId) is { } existing) return existing;
        if (_status != SiloStatus.Active) throw Unavailable();
        var created = new Activation(this, Catalog.Class(grainId.Type), grainId, Interlocked.Increment(ref _activationCount));
        var current = Directory.GetOrAdd(created);
        if (ReferenceEquals(current, created)) created.Start();
        return current;
    }

    private SiloUnavailableException Unavailable() => new(_status switch
    {
        SiloStatus.Created => "The engine has not started yet. Hosted services that call grains are to be registered after UseOrleans.",
        SiloStatus.Stopping => "The engine is shutting down and takes no further calls.",
        _ => "The engine has stopped. Whether the call had an effect is unknown.",
    });
}
