using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Runtime.Hosting;
using Orleans.Simulation;
using Snowplow.Enrich;
using Snowplow.Enrich.Enrichments;
using Snowplow.Enrich.Iglu;
using Snowplow.Events.BadRows;
using Snowplow.Grains.Interventions;
using Snowplow.Grains.Live;
using Snowplow.Grains.Partition;
using Snowplow.Grains.Profiles;
using Snowplow.Grains.Sessions;
using Snowplow.Grains.Users;
using Snowplow.Model.Rules;
using Snowplow.Storage.Landing;

namespace Snowplow.Grains.Tests.Simulation;

/// <summary>
/// One run of the whole pipeline on the in-process engine under a seeded scheduler, while grains are lost, shed and frozen
/// and the process is killed, at any await. Afterwards everything that landed and every row is checked.
/// </summary>
internal sealed class SimulatedPipeline
{
    private readonly SimulatedScheduler _scheduler;
    private readonly SimulationFaults _faults;
    private readonly SimulatedRawStream _stream;
    private readonly SimulatedBlobs _blobs;
    private readonly SimulatedGrainStorage _storage;
    private readonly IReadOnlyList<IReadOnlyList<Snowplow.Streams.RawRecord>> _records;
    private readonly List<OrphanedActivation> _orphans = [];
    private readonly List<JsonObject> _rowsFromMemory = [];
    private readonly HashSet<string> _told = [];
    private readonly SimulatedWebhook _webhook;
    private readonly SimulatedWarehouse _warehouse;
    // Nothing that needs a schema: schemas are looked up beside the simulated scheduler, which would wait for them in vain.
    private static readonly EnrichOptions Options = new()
    {
        Processor = new Processor("snowplow-orleans", "0.0.0"),
        Enrichments = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "no-enrichments")).FullName,
    };

    // Every other run has sessions whose cuts move.
    private readonly ModelRules _rules;

    private readonly IgluResolver _resolver;
    private readonly SelfDescribingValidator _validator;
    private readonly EnrichmentSet _enrichments;
    private readonly RecentLog _log = new();
    private SimulatedSilo _silo;
    private bool _isCalm;
    private SynchronizationContext? _own;

    private SimulatedPipeline(int seed, SimulationFaults faults)
    {
        _scheduler = new SimulatedScheduler(seed) { EarlyTimerChance = 0.02, StepLimit = 300_000 };
        _faults = faults;
        _rules = seed % 2 == 0 ? ProfileCheck.Rules : ProfileCheck.WithMovingCuts;
        var random = _scheduler.Random;
        _records = SimulatedTraffic.Generate(random, faults.ForgetsInOnePartition);
        _stream = new SimulatedRawStream("sim", _records, random);
        _webhook = new SimulatedWebhook(random, faults);
        _blobs = new SimulatedBlobs(random, faults);
        _warehouse = new SimulatedWarehouse(_blobs, _scheduler.Time, faults);
        _storage = new SimulatedGrainStorage(StateJson.Options, random, faults);
        // Schemas are looked up on other threads, which a simulation cannot repeat: they are all there before it begins.
        _resolver = new IgluResolver(new IgluOptions { CacheTtl = TimeSpan.FromHours(24) }, new HttpClient(), _scheduler.Time);
        foreach (var schema in TrackerEvents.Schemas) _resolver.LookupAsync(schema, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        _validator = new SelfDescribingValidator(_resolver);
        // Its files do not change here: its clock need not be the simulation's.
        _enrichments = EnrichmentSet.Load(Options, new HttpClient(), _validator, TimeProvider.System);
        _warehouse.Open();
        _silo = Start();
    }

    /// <summary>Runs to the end and returns what is wrong; nothing when all contracts held.</summary>
    public static IReadOnlyList<string> Run(int seed, SimulationFaults faults, SimulationWalk walk)
    {
        var pipeline = new SimulatedPipeline(seed, faults);
        try
        {
            return pipeline._scheduler.Run(() => pipeline.RunAsync(walk));
        }
        catch (TimeoutException stuck)
        {
            return [$"{stuck.Message}\n{pipeline._log}"];
        }
        finally
        {
            pipeline._warehouse.Dispose();
        }
    }

    private SimulatedSilo Start() => SimulatedSilo.Start(_scheduler, silo =>
    {
        silo.Services.AddLogging(logging => logging.AddProvider(_log));
        silo.AddMemoryStreams(LiveFeed.ProviderName);
        silo.Services.AddGrainStorage(PipelineServices.StateStorage, (_, _) => _storage);
        silo.Services.AddSingleton(_rules);
        silo.Services.AddSingleton(new PipelineServices(_stream, _blobs, Enrichment, _rules, _scheduler.Time, new PipelineOptions())
        {
            Webhooks = [new WebhookRoute(SimulatedWebhook.Name, [])],
            Warehouse = _warehouse,
        });
        if (_faults.IgnoresAfter || _faults.RowsFromMemory || _faults.TellsInterventionsOnce)
            silo.Services.AddSingleton<IGrainFactory>(services =>
                new BrokenGrainFactory(services.GetRequiredService<IClusterClient>(), _faults, _rowsFromMemory, _told));
    });

    // Another configuration at each activation: the outcome of a record changes between attempts, and whether failed events are written.
    private EnrichPipeline Enrichment()
    {
        var withFailed = _scheduler.Random.Next(3) > 0;
        var options = Options with
        {
            OverlongText = _scheduler.Random.Next(2) == 0 ? OverlongText.Reject : OverlongText.Truncate,
            FailedEvents = withFailed && !_faults.LeavesOutFailedEvents,
            Processor = withFailed ? Options.Processor with { Version = PipelineCheck.VersionWithFailedEvents } : Options.Processor,
        };
        return new EnrichPipeline(options, _enrichments, _validator, _scheduler.Time);
    }

    private async Task<IReadOnlyList<string>> RunAsync(SimulationWalk walk)
    {
        _own = SynchronizationContext.Current;
        _scheduler.BeforeStep = Disturb;
        for (var round = 0; round < 60; round++)
        {
            foreach (var partition in Partitions())
            {
                Observe(partition.GetStatus());
                if (_scheduler.Random.NextDouble() < 0.3) _stream.Arrive(PartitionName.Parse(partition.GetPrimaryKeyString()).Number, _scheduler.Random.Next(1, 4));
            }

            Observe(_webhook.ServeAsync(Grains, _scheduler.Time.GetUtcNow()));
            await Task.Delay(TimeSpan.FromMilliseconds(200), _scheduler.Time);
        }

        await CalmDownAsync();
        var check = new PipelineCheck(_blobs, SimulatedTraffic.EventIds(_records), _rowsFromMemory, _rules);
        var wrong = await check.FindAsync();
        if (wrong.Count == 0) wrong = await _warehouse.FindAsync();
        if (wrong.Count == 0) wrong = await ProfileCheck.FindAsync(_blobs, Grains);
        if (wrong.Count == 0) wrong = await ProfileCheck.FindUntoldAsync(_blobs, _webhook.Taken);
        walk.Add(_storage.LostWrites, _orphans.Count, check.FailedCount);
        return wrong.Count == 0 ? wrong : [.. wrong, $"Files:\n{string.Join('\n', _blobs.Names)}", $"Log:\n{_log}"];
    }

    // Without further faults, and with all frozen activations gone, everything that is there must be finished.
    private async Task CalmDownAsync()
    {
        _scheduler.BeforeStep = null;
        _isCalm = true;
        _blobs.StopFailing();
        _storage.StopFailing();
        for (var partition = 0; partition < _stream.PartitionCount; partition++) _stream.Arrive(partition, int.MaxValue);
        Restart();
        foreach (var partition in Partitions())
        {
            var number = PartitionName.Parse(partition.GetPrimaryKeyString()).Number;
            while ((await partition.GetStatus()).LandedUpTo < _records[number].Count) await Task.Delay(TimeSpan.FromMilliseconds(100), _scheduler.Time);
            await partition.Drain();
        }

        await _webhook.TakeAllAsync(Grains);
    }

    private void Disturb()
    {
        var random = _scheduler.Random;
        if (_isCalm || random.NextDouble() >= _faults.Losses * 5) return;
        switch (random.Next(11))
        {
            case 0:
                Restart();
                _orphans.Clear();
                break;
            case 10:
                Begin(_warehouse.FlushAsync);
                break;
            case 1 or 2 or 3:
                _silo.Faults.Lose(AnyGrain());
                break;
            case 4 or 5:
                Observe(_silo.Faults.ShedAsync(AnyGrain()));
                break;
            case 6 or 7:
                if (_silo.Faults.Orphan(AnyGrain()) is not { } orphan) break;
                _orphans.Add(orphan);
                if (random.Next(2) == 0) orphan.Pause();
                break;
            default:
                if (_orphans.Count > 0) _orphans[random.Next(_orphans.Count)].Resume();
                break;
        }
    }

    // Another process: what the last one had in memory is lost.
    private void Restart()
    {
        _silo.Abort();
        _warehouse.Open();
        Begin(_warehouse.CatchUpAsync);
        _silo = Start();
    }

    // Among the steps of the simulation, also where this is called between them.
    private void Begin(Func<Task> work) => _own!.Post(_ => Observe(work()), null);

    // The engine's own references, also where the partitions were given broken ones.
    private IClusterClient Grains => _silo.Services.GetRequiredService<IClusterClient>();

    private IAddressable AnyGrain()
    {
        var random = _scheduler.Random;
        return random.Next(9) switch
        {
            8 => Grains.GetGrain<IWebhookGrain>(SimulatedWebhook.Name),
            6 or 7 => Grains.GetGrain<IProfileGrain>(random.Next(2) == 0 ? $"user:d:user-{random.Next(3)}" : $"user_id:login-{random.Next(2)}"),
            0 or 1 => Partitions()[random.Next(_stream.PartitionCount)],
            2 or 3 => Grains.GetGrain<IUserGrain>($"d:user-{random.Next(3)}"),
            _ => Grains.GetGrain<ISessionGrain>(
                random.Next(2) == 0 ? $"d:user-{random.Next(3)}" : $"s:00000000-0000-4000-8000-00000000000{random.Next(3)}"),
        };
    }

    private IReadOnlyList<IPartitionGrain> Partitions() =>
        [.. Enumerable.Range(0, _stream.PartitionCount).Select(number => Grains.GetGrain<IPartitionGrain>(new PartitionName("sim", number).ToString()))];

    // The supervisor's pings: whether they fail does not matter, the next one activates the partition again.
    private static void Observe(Task call) => call.ContinueWith(
        done => done.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
