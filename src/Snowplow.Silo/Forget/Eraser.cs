using Snowplow.Events.Enriched;
using Snowplow.Grains.Live;
using Snowplow.Grains.Partition;
using Snowplow.Model.Rules;
using Snowplow.Silo.CommandLine;
using Snowplow.Storage.Blobs;
using Snowplow.Storage.Landing;
using Snowplow.Streams;

namespace Snowplow.Silo.Forget;

/// <summary>
/// Does the erasures that were accepted, one after the other, also those of before a restart or of another server. Each is a loop: what has
/// arrived lands; the person's keys are searched; where there are new ones, the event that forgets them all is written to every partition.
/// It ends when nothing new is found, so that a session which began meanwhile goes too.
/// </summary>
/// <remarks>
/// One works at a time. One that stood still, and goes on beside its successor, writes events that forget what is to be forgotten anyway, and
/// keeps nothing: <see cref="ErasureFolder.KeepAsync"/> tells it.
/// </remarks>
internal sealed class Eraser(
    ErasureFolder erasures, IRawStream stream, IBlobStore blobs, IClusterClient grains, ModelRules rules, IHostApplicationLifetime lifetime, TimeProvider time,
    ILogger<Eraser> log) : BackgroundService
{
    /// <summary>
    /// How far ahead of the clock an erasure's time lies. Until then every partition must hold its event, which so precedes all
    /// that is collected later; collectors' clocks may differ by nearly as much.
    /// </summary>
    internal static readonly TimeSpan Ahead = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    // For what failed, and for what another server has accepted.
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(10);

    // An event with so many keys of the greatest length is still far smaller than a record may be.
    private const int KeysOfAnEvent = 1000;

    // Of these nothing is to be done any more while this process runs.
    private readonly HashSet<Guid> _done = [];

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Partitions are worked on once the whole server has started.
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using (lifetime.ApplicationStarted.Register(started.SetResult)) await started.Task.WaitAsync(stoppingToken).ConfigureAwait(false);
        for (; ; await erasures.UntilAcceptedAsync(Retry, stoppingToken).ConfigureAwait(false))
        {
            foreach (var erasure in await TryAsync("The list of erasures", () => erasures.AllAsync(stoppingToken, _done), stoppingToken).ConfigureAwait(false) ?? [])
                await TryAsync($"Erasure {erasure.Receipt}", () => GoOnAsync(erasure, stoppingToken), stoppingToken).ConfigureAwait(false);
        }
    }

    private async Task<T?> TryAsync<T>(string what, Func<Task<T>> act, CancellationToken stop)
    {
        try
        {
            return await act().ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            log.LogError(failure, "{What}: failed and is tried again in {Retry}", what, Retry);
            return default;
        }
    }

    private async Task<bool> GoOnAsync(Erasure erasure, CancellationToken stop)
    {
        switch (erasure.State)
        {
            case ErasureState.Accepted:
                await EraseAsync(erasure, stop).ConfigureAwait(false);
                break;
            case ErasureState.Forgotten when erasure.ModelGeneration != rules.Generation:
                // After a remodel, all that was forgotten is modelled and forgotten again.
                await UntilAsync(status => status.FinishedUpTo, stop).ConfigureAwait(false);
                await erasures.KeepAsync(erasure with { ModelGeneration = rules.Generation }, stop).ConfigureAwait(false);
                break;
        }

        return _done.Add(erasure.Receipt);
    }

    private async Task EraseAsync(Erasure erasure, CancellationToken stop)
    {
        var search = new PersonSearch(blobs, rules.Profiles);
        var person = erasure.Person!;
        for (var isMarked = false; ; isMarked = true)
        {
            await UntilAsync(status => status.LandedUpTo, stop).ConfigureAwait(false);
            var known = person.Keys.ToHashSet();
            try
            {
                person = await search.FindAsync(person, isMarked ? erasure.ForgottenAt : null, stop).ConfigureAwait(false);
            }
            catch (TooManyUsersException refused)
            {
                await erasures.KeepAsync(erasure with { State = ErasureState.Refused, Reason = refused.Message, Person = null }, stop).ConfigureAwait(false);
                return;
            }

            if (person.Users.IsEmpty)
            {
                await erasures.KeepAsync(erasure with { State = ErasureState.NotFound, Person = null }, stop).ConfigureAwait(false);
                return;
            }

            // A restart in between may have left the event in some partitions only: it is written again.
            if (isMarked && person.Keys.All(known.Contains)) break;
            erasure = await WriteEventsAsync(erasure with { Person = person, Users = person.Users.Count, Sessions = person.Sessions.Count }, stop).ConfigureAwait(false);
            // What is still collected before that time may begin a session.
            while (time.GetUtcNow() <= erasure.ForgottenAt) await Task.Delay(Poll, time, stop).ConfigureAwait(false);
        }

        foreach (var partition in Partitions())
            person = person with { Ends = person.Ends.SetItem(partition.ToString(), await stream.GetEndAsync(partition.Number, stop).ConfigureAwait(false)) };
        await grains.GetStreamProvider(LiveFeed.ProviderName).GetStream<LiveForgotten>(LiveFeed.Forgotten).OnNextAsync(new LiveForgotten([.. person.Keys])).ConfigureAwait(false);
        // States and rows say so, too.
        await UntilAsync(status => status.FinishedUpTo, stop).ConfigureAwait(false);
        await erasures.KeepAsync(erasure with { State = ErasureState.Forgotten, Person = person, ModelGeneration = rules.Generation }, stop).ConfigureAwait(false);
    }

    // Writes the events to all partitions ahead of their time; the erasure with that time is kept before.
    private async Task<Erasure> WriteEventsAsync(Erasure erasure, CancellationToken stop)
    {
        do
        {
            var until = DateTimeOffset.FromUnixTimeMilliseconds((time.GetUtcNow() + Ahead).ToUnixTimeMilliseconds());
            erasure = await erasures.KeepAsync(erasure with { ForgottenAt = until }, stop).ConfigureAwait(false);
            var appends = new List<Task>();
            foreach (var keys in erasure.Person!.Keys.Chunk(KeysOfAnEvent))
            {
                var record = ForgetEvent.ToRecord(until, $"snowplow-orleans-{VersionCommand.ShortVersion}", erasure.Receipt, keys);
                for (var partition = 0; partition < stream.PartitionCount; partition++)
                    appends.Add(stream.AppendAsync(partition, Guid.NewGuid(), record, stop).AsTask());
            }

            await Task.WhenAll(appends).ConfigureAwait(false);
        }
        while (time.GetUtcNow() >= erasure.ForgottenAt);
        return erasure;
    }

    // Until all partitions have come as far as the raw stream reached at the call.
    private async Task UntilAsync(Func<PartitionStatus, long> position, CancellationToken stop)
    {
        foreach (var partition in Partitions())
        {
            var end = await stream.GetEndAsync(partition.Number, stop).ConfigureAwait(false);
            var grain = grains.GetGrain<IPartitionGrain>(partition.ToString());
            while (position(await grain.GetStatus().ConfigureAwait(false)) < end) await Task.Delay(Poll, time, stop).ConfigureAwait(false);
        }
    }

    private IEnumerable<PartitionName> Partitions() =>
        Enumerable.Range(0, stream.PartitionCount).Select(number => new PartitionName(stream.Identity, number));
}
