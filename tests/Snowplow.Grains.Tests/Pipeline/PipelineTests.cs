using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Storage;
using Orleans.Streams;
using Snowplow.Grains.Live;
using Snowplow.Grains.Sessions;
using Snowplow.Grains.Users;
using Snowplow.Model;
using Snowplow.Model.Users;
using Snowplow.Streams.Tests.Local;

namespace Snowplow.Grains.Tests.Pipeline;

/// <summary>The pipeline with its real ports, on either engine: from the raw stream to files, rows, live state and live feed.</summary>
public sealed class PipelineTests : IDisposable
{
    private const string Session = "00000000-0000-4000-8000-000000000001";

    private static readonly DateTimeOffset Morning = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly PipelineOptions NeverCheckpoints = new() { CheckpointInterval = TimeSpan.FromHours(1) };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Requests_OfManyUsers_LandOnceAndEndAsTheRowsOfAnUninterruptedFold()
    {
        var traffic = TrackerTraffic.Generate(seed: 1, count: 600);
        await using var pipeline = await RunningPipeline.StartAsync(_folder.Path, new PipelineOptions { CheckpointInterval = TimeSpan.FromMilliseconds(100) });
        await Parallel.ForEachAsync(traffic, async (payload, _) => await pipeline.AppendAsync(payload));
        await pipeline.UntilLandedAsync();
        await pipeline.StopAsync();
        await pipeline.AssertAllIsThereAsync(traffic);
    }

    [Fact]
    public async Task Find_BeforeAnyCheckpoint_AnswersTheLiveState()
    {
        await using var pipeline = await RunningPipeline.StartAsync(_folder.Path, NeverCheckpoints);
        await pipeline.AppendAsync(TrackerTraffic.PageView(Guid.NewGuid(), "ada", Session, Morning));
        await pipeline.AppendAsync(TrackerTraffic.PageView(Guid.NewGuid(), "ada", Session, Morning.AddMinutes(1)));
        await pipeline.UntilLandedAsync();

        var user = Row(await User(pipeline, "d:ada").Find(), ModelJson.UserRow);
        (user.UserKey, user.PageViews, user.StartTstamp, user.EndTstamp).ShouldBe(("d:ada", 2, Morning, Morning.AddMinutes(1)));
        var session = Row(await SessionGrain(pipeline).Find(Session), ModelJson.SessionRow);
        (session.SessionIdentifier, session.UserKey, session.PageViews, session.AbsoluteTimeInS).ShouldBe((Session, "d:ada", 2, 60));
        (await User(pipeline, "d:nobody").Find()).ShouldBeNull();
        (await SessionGrain(pipeline).Find("another")).ShouldBeNull();
    }

    [Fact]
    public async Task Checkpoint_IsDueBeforeItsTime_WhereTheRangeHasComeToItsBytes()
    {
        await using var pipeline = await RunningPipeline.StartAsync(_folder.Path, NeverCheckpoints with { RangeBytes = 1 });
        await pipeline.AppendAsync(TrackerTraffic.PageView(Guid.NewGuid(), "ada", Session, Morning));
        await Eventually.HoldsAsync("the user has been written", async () => await IsUserStoredAsync(pipeline));
    }

    [Fact]
    public async Task Grain_CollectedWhenIdle_WritesItsStateAndComesBackWithIt()
    {
        await using var pipeline = await RunningPipeline.StartAsync(
            _folder.Path, NeverCheckpoints, (silo, _, _) => silo.Configure<GrainCollectionOptions>(options =>
                (options.CollectionQuantum, options.CollectionAge) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2))));
        var (first, second) = (
            TrackerTraffic.PageView(Guid.NewGuid(), "ada", Session, Morning), TrackerTraffic.PageView(Guid.NewGuid(), "ada", Session, Morning.AddMinutes(1)));
        await pipeline.AppendAsync(first);
        await Eventually.HoldsAsync("the idle user grain has written its state", async () => await IsUserStoredAsync(pipeline));
        Row(await User(pipeline, "d:ada").Find(), ModelJson.UserRow).PageViews.ShouldBe(1);

        await pipeline.AppendAsync(second);
        await pipeline.UntilLandedAsync();
        Row(await User(pipeline, "d:ada").Find(), ModelJson.UserRow).PageViews.ShouldBe(2);
        await pipeline.StopAsync();
        await pipeline.AssertAllIsThereAsync([first, second]);
    }

    [Fact]
    public async Task Pipeline_DrainedAndStartedAgain_GoesOnWhereItWas()
    {
        var traffic = TrackerTraffic.Generate(seed: 2, count: 300);
        await using var before = await RunningPipeline.StartAsync(_folder.Path, new PipelineOptions());
        foreach (var payload in traffic.Take(150)) await before.AppendAsync(payload);
        await before.StopAsync();

        await using var after = await RunningPipeline.StartAsync(_folder.Path, new PipelineOptions());
        foreach (var payload in traffic.Skip(150)) await after.AppendAsync(payload);
        await after.UntilLandedAsync();
        await after.StopAsync();
        await after.AssertAllIsThereAsync(traffic);
    }

    [Fact]
    public async Task LiveFeed_WhenABatchHasLanded_ShowsIt()
    {
        await using var pipeline = await RunningPipeline.StartAsync(_folder.Path, new PipelineOptions());
        var shown = new ConcurrentDictionary<string, LiveEvent>();
        var feed = pipeline.Engine.Services.GetRequiredService<IClusterClient>().GetStreamProvider(LiveFeed.ProviderName).GetStream<LiveBatch>(LiveFeed.Batches);
        await feed.SubscribeAsync((batch, _) =>
        {
            foreach (var e in batch.Events) shown[e.EventId!] = e;
            return Task.CompletedTask;
        });

        foreach (var minute in Enumerable.Range(0, 3))
        {
            var id = Guid.NewGuid();
            await pipeline.AppendAsync(TrackerTraffic.PageView(id, "ada", Session, Morning.AddMinutes(minute)));
            await Eventually.HoldsAsync("the event is shown", () => Task.FromResult(shown.ContainsKey(id.ToString())));
            var e = shown[id.ToString()];
            (e.EventName, e.PageTitle, e.User, e.Session).ShouldBe(("page_view", "Home", "d:ada", $"s:{Session}"));
        }
    }

    [Fact]
    public async Task Partition_ThatWaitsToStartAgain_EndsWithItsSilo_ThoughEveryStartFailsAtOnce()
    {
        BrokenStorage? storage = null;
        await using var pipeline = await RunningPipeline.StartAsync(
            _folder.Path,
            new PipelineOptions { CheckpointInterval = TimeSpan.FromMilliseconds(100), RetryMin = TimeSpan.FromSeconds(5), RetryMax = TimeSpan.FromSeconds(5) },
            (silo, _, states) => silo.Services.AddKeyedSingleton<IGrainStorage>(PipelineServices.StateStorage, storage ??= new BrokenStorage(states)));
        await pipeline.UntilLandedAsync();
        storage!.IsBroken = true;
        await pipeline.AppendAsync(TrackerTraffic.PageView(Guid.NewGuid(), "ada", Session, Morning));
        await Eventually.HoldsAsync("a partition waits to start again", async () => (await pipeline.StatusesAsync()).Any(status => status.Problem is not null));
        var before = storage.Refused;
        await pipeline.Engine.StopAsync().WaitAsync(TimeSpan.FromMinutes(1));
        (storage.Refused - before).ShouldBeLessThan(100);
    }

    [Fact]
    public async Task User_WhoseStateIsBeingWritten_IsReadFromMemoryAllTheSame()
    {
        HeldStorage? storage = null;
        await using var pipeline = await RunningPipeline.StartAsync(
            _folder.Path,
            new PipelineOptions { CheckpointInterval = TimeSpan.FromMilliseconds(100) },
            (silo, _, states) => silo.Services.AddKeyedSingleton<IGrainStorage>(PipelineServices.StateStorage, storage ??= new HeldStorage(states, "user")));
        await pipeline.AppendAsync(TrackerTraffic.PageView(Guid.NewGuid(), "ada", Session, Morning));
        await Eventually.HoldsAsync("the user is being written", () => Task.FromResult(storage!.Waiting == 1));
        (await User(pipeline, "d:ada").Find().WaitAsync(TimeSpan.FromMinutes(1))).ShouldNotBeNull();
        storage!.LetGo();
    }

    private static IUserGrain User(RunningPipeline pipeline, string key) => pipeline.Grains.GetGrain<IUserGrain>(key);

    private static ISessionGrain SessionGrain(RunningPipeline pipeline) => pipeline.Grains.GetGrain<ISessionGrain>($"s:{Session}");

    private static async Task<bool> IsUserStoredAsync(RunningPipeline pipeline)
    {
        var state = new GrainState<UserState>();
        await pipeline.States.ReadStateAsync("user", User(pipeline, "d:ada").GetGrainId(), state);
        return state.RecordExists;
    }

    private static T Row<T>(LiveRow? row, JsonTypeInfo<T> type) => JsonSerializer.Deserialize(row.ShouldNotBeNull().Utf8, type)!;
}
