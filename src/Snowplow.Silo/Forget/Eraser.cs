using System.Threading.Channels;
using Snowplow.Events.Enriched;
using Snowplow.Grains.Partition;
using Snowplow.Model.Rules;
using Snowplow.Silo.Api;
using Snowplow.Silo.CommandLine;
using Snowplow.Silo.Serve;
using Snowplow.Storage.Blobs;
using Snowplow.Storage.Landing;
using Snowplow.Streams;

namespace Snowplow.Silo.Forget;

/// <summary>
/// Does the erasures that were accepted, one after the other, also those of before a restart. Each is a loop: what has arrived lands;
/// the person's keys are searched; where there are new ones, the event that forgets them all is written to every partition. It ends when
/// nothing new is found, so that a session which began meanwhile goes too.
/// </summary>
internal sealed class Eraser(
    DataFolder folder, IRawStream stream, IBlobStore blobs, IClusterClient grains, ModelRules rules, IHostApplicationLifetime lifetime, TimeProvider time,
    ILogger<Eraser> log, LiveHub? live = null) : BackgroundService
{
    /// <summary>
    /// How far ahead of the clock an erasure's time lies. Until then every partition must hold its event, which so precedes all
    /// that is collected later; collectors' clocks may differ by nearly as much.
    /// </summary>
    internal static readonly TimeSpan Ahead = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(10);

    // An event with so many keys of the greatest length is still far smaller than a record may be.
    private const int KeysOfAnEvent = 1000;

    private readonly ErasureFolder _erasures = new(folder.Path);
    private readonly Channel<Guid> _accepted = Channel.CreateUnbounded<Guid>();

    /// <summary>Accepts an erasure, which is durable afterwards.</summary>
    /// <exception cref="IOException">It cannot be kept, and will not be done.</exception>
    public Erasure Accept(string id)
    {
        var erasure = new Erasure { Receipt = Guid.NewGuid(), RequestedAt = time.GetUtcNow(), Person = new ErasurePerson { Id = id } };
        _erasures.Keep(erasure);
        _accepted.Writer.TryWrite(erasure.Receipt);
        return erasure;
    }

    /// <summary>An erasure, or null where there is none of that receipt.</summary>
    public Erasure? Find(Guid receipt) => _erasures.Find(receipt);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Partitions are worked on once the whole server has started.
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using (lifetime.ApplicationStarted.Register(started.SetResult)) await started.Task.WaitAsync(stoppingToken).ConfigureAwait(false);
        await ForgetAnewAsync(stoppingToken).ConfigureAwait(false);
        foreach (var left in _erasures.All().Where(erasure => erasure.State == ErasureState.Accepted)) _accepted.Writer.TryWrite(left.Receipt);
        await foreach (var receipt in _accepted.Reader.ReadAllAsync(stoppingToken).ConfigureAwait(false))
        {
            // Twice in the queue where it was accepted while those of before were looked for.
            while (_erasures.Find(receipt) is { State: ErasureState.Accepted } erasure)
            {
                try
                {
                    _erasures.Keep(await EraseAsync(erasure, stoppingToken).ConfigureAwait(false));
                }
                catch (TooManyUsersException refused)
                {
                    _erasures.Keep(erasure with { State = ErasureState.Refused, Reason = refused.Message, Person = null });
                }
                catch (Exception failure) when (failure is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
                {
                    log.LogError(failure, "Erasure {Receipt}: failed and starts again in {Retry}", receipt, Retry);
                    await Task.Delay(Retry, time, stoppingToken).ConfigureAwait(false);
                }
            }
        }
    }

    // After a remodel, all that was forgotten is modelled and forgotten again.
    private async Task ForgetAnewAsync(CancellationToken stop)
    {
        var before = _erasures.All().Where(erasure => erasure.State == ErasureState.Forgotten && erasure.ModelGeneration != rules.Generation).ToList();
        if (before.Count == 0) return;
        await UntilAsync(status => status.FinishedUpTo, stop).ConfigureAwait(false);
        foreach (var erasure in before) _erasures.Keep(erasure with { ModelGeneration = rules.Generation });
    }

    private async Task<Erasure> EraseAsync(Erasure erasure, CancellationToken stop)
    {
        var search = new PersonSearch(blobs, rules.Profiles);
        var person = erasure.Person!;
        for (var isMarked = false; ; isMarked = true)
        {
            await UntilAsync(status => status.LandedUpTo, stop).ConfigureAwait(false);
            var known = person.Keys.ToHashSet();
            person = await search.FindAsync(person, isMarked ? erasure.ForgottenAt : null, stop).ConfigureAwait(false);
            if (person.Users.IsEmpty) return erasure with { State = ErasureState.NotFound, Person = null };
            // A restart in between may have left the event in some partitions only: it is written again.
            if (isMarked && person.Keys.All(known.Contains)) break;
            erasure = await WriteEventsAsync(erasure with { Person = person, Users = person.Users.Count, Sessions = person.Sessions.Count }, stop).ConfigureAwait(false);
            // What is still collected before that time may begin a session.
            while (time.GetUtcNow() <= erasure.ForgottenAt) await Task.Delay(Poll, time, stop).ConfigureAwait(false);
        }

        foreach (var partition in Partitions())
            person = person with { Ends = person.Ends.SetItem(partition.ToString(), await stream.GetEndAsync(partition.Number, stop).ConfigureAwait(false)) };
        // States and rows say so, too.
        await UntilAsync(status => status.FinishedUpTo, stop).ConfigureAwait(false);
        live?.Forget(person.Keys.ToHashSet());
        return erasure with { State = ErasureState.Forgotten, Person = person, ModelGeneration = rules.Generation };
    }

    // Writes the events to all partitions ahead of their time; the erasure with that time is kept before.
    private async Task<Erasure> WriteEventsAsync(Erasure erasure, CancellationToken stop)
    {
        do
        {
            erasure = erasure with { ForgottenAt = DateTimeOffset.FromUnixTimeMilliseconds((time.GetUtcNow() + Ahead).ToUnixTimeMilliseconds()) };
            _erasures.Keep(erasure);
            var appends = new List<Task>();
            foreach (var keys in erasure.Person!.Keys.Chunk(KeysOfAnEvent))
            {
                var record = ForgetEvent.ToRecord(erasure.ForgottenAt.Value, $"snowplow-orleans-{VersionCommand.ShortVersion}", erasure.Receipt, keys);
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
