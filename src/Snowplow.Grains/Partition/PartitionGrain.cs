using Microsoft.Extensions.Logging;
using Orleans.Storage;
using Snowplow.Grains.Interventions;
using Snowplow.Grains.Live;
using Snowplow.Storage.Landing;

namespace Snowplow.Grains.Partition;

/// <summary>
/// Runs one partition's <see cref="PartitionLoop"/> as a task on its activation's scheduler, so that calls are answered
/// between the loop's awaits. A conflict with another activation ends this one; the next adopts what it finds.
/// </summary>
[KeepAlive]
public sealed class PartitionGrain : Grain, IPartitionGrain, IDisposable
{
    /// <summary>The name of the state in grain storage.</summary>
    public const string StateName = "partition";

    private readonly IPersistentState<PartitionState> _state;
    private readonly IGrainFactory _grains;
    private readonly PipelineServices _services;
    private readonly ILogger<PartitionGrain> _logger;
    private readonly TaskCompletionSource<bool> _drain = new();
    private readonly TaskCompletionSource _ended = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Func<Task> _letGo;
    private PartitionLoop? _loop;
    private Task _running = Task.CompletedTask;
    private string? _problem;

    /// <summary>Called by the runtime.</summary>
    public PartitionGrain(
        [PersistentState(StateName, PipelineServices.StateStorage)] IPersistentState<PartitionState> state,
        IGrainFactory grains,
        PipelineServices services,
        ILogger<PartitionGrain> logger)
    {
        _state = state;
        _grains = grains;
        _services = services;
        _logger = logger;
        _letGo = () => EndAsync(landsWhatIsThere: false);
    }

    /// <summary>The identity of a partition's grain.</summary>
    public static GrainId IdOf(PartitionName partition) => GrainId.Create("partition", partition.ToString());

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var partition = PartitionName.Parse(this.GetPrimaryKeyString());
        if (_services.Here?.TryAdd(partition, _letGo) == false)
        {
            // Placed here by a silo that has not heard of the leave.
            DeactivateOnIdle();
            return Task.CompletedTask;
        }

        // Not awaited: the loop lives as long as the activation. Its awaits come back to the activation's scheduler.
        _running = RunAsync(partition);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        // In this order: a loop that waits to start again goes on within the second line, and must see that it is to end.
        _end.Cancel();
        _ended.TrySetResult();
        _services.Here?.Remove(PartitionName.Parse(this.GetPrimaryKeyString()), _letGo);
        await _running.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<PartitionStatus> GetStatus()
    {
        var partition = PartitionName.Parse(this.GetPrimaryKeyString());
        var rawEnd = await _services.Stream.GetEndAsync(partition.Number, CancellationToken.None);
        return new PartitionStatus(partition.ToString(), _loop?.FinishedUpTo ?? _state.State.From, _loop?.Position ?? _state.State.UpTo, rawEnd, _problem);
    }

    /// <inheritdoc/>
    public Task Drain() => EndAsync(landsWhatIsThere: true);

    // From any thread.
    private Task EndAsync(bool landsWhatIsThere)
    {
        _drain.TrySetResult(landsWhatIsThere);
        return _running;
    }

    /// <summary>Called by the runtime after deactivation.</summary>
    public void Dispose() => _end.Dispose();

    private async Task RunAsync(PartitionName partition)
    {
        var backoff = _services.Options.RetryMin;
        while (!_drain.Task.IsCompleted && !_end.IsCancellationRequested)
        {
            try
            {
                var provider = this.GetStreamProvider(LiveFeed.ProviderName);
                using var loop = await PartitionLoop.OpenAsync(
                    partition, _state, _grains, _services, new LivePublisher(provider, partition), new InterventionFeed(_grains, _services, provider), _end.Token);
                _loop = loop;
                _problem = null;
                await loop.RunAsync(() => backoff = _services.Options.RetryMin, _drain.Task, _end.Token);
                break;
            }
            catch (Exception conflict) when (conflict is InconsistentStateException or LandingConflictException)
            {
                PipelineMetrics.ActivationsEnded(partition);
                _logger.LogWarning(conflict, "Partition {Partition}: another activation is at work; this one ends and the next adopts what it finds", partition);
                DeactivateOnIdle();
                return;
            }
            catch (OperationCanceledException) when (_end.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                _problem = failure.Message;
                PipelineMetrics.Failed(partition);
                _logger.LogError(failure, "Partition {Partition}: failed and starts again from {Position} in {Backoff}", partition, _state.State.From, backoff);
                await Task.WhenAny(_drain.Task, _ended.Task, Task.Delay(backoff, _services.Time));
                backoff = backoff * 2 < _services.Options.RetryMax ? backoff * 2 : _services.Options.RetryMax;
            }
        }

        DeactivateOnIdle();
    }
}
