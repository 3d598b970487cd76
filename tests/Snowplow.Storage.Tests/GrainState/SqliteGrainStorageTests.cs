using Microsoft.Data.Sqlite;
using Orleans.Storage;

namespace Snowplow.Storage.GrainState;

public sealed class SqliteGrainStorageTests : IDisposable
{
    private static readonly GrainId Ada = GrainId.Create("user", "duid:ada/ü");

    private readonly TemporaryFolder _folder = new();
    private SqliteGrainStorage _storage;

    public SqliteGrainStorageTests() => _storage = Open();

    public void Dispose()
    {
        _storage.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Read_OfAStateNeverWritten_IsNewWithoutETag()
    {
        var state = await ReadAsync(Ada);
        state.State!.Count.ShouldBe(0);
        state.ETag.ShouldBeNull();
        state.RecordExists.ShouldBeFalse();
    }

    [Fact]
    public async Task Write_IsReadBack_AlsoByTheNextOpening()
    {
        var state = new GrainState<CountState>(new CountState { Count = 7, Text = "ü\0\"" });
        await WriteAsync(Ada, state);
        state.RecordExists.ShouldBeTrue();
        Reopen();
        var read = await ReadAsync(Ada);
        (read.State!.Count, read.State.Text, read.ETag, read.RecordExists).ShouldBe((7, "ü\0\"", state.ETag, true));
    }

    [Fact]
    public async Task States_OfOneGrain_AreToldApartByName()
    {
        var state = new GrainState<CountState>(new CountState { Count = 1 });
        await _storage.WriteStateAsync("other", Ada, state);
        (await ReadAsync(Ada)).RecordExists.ShouldBeFalse();
    }

    [Fact]
    public async Task Write_OfTwoThatBothMeanToCreate_OneLoses()
    {
        var (first, second) = (new GrainState<CountState>(new() { Count = 1 }), new GrainState<CountState>(new() { Count = 2 }));
        await WriteAsync(Ada, first);
        var conflict = await Should.ThrowAsync<InconsistentStateException>(() => WriteAsync(Ada, second));
        (conflict.StoredEtag, conflict.CurrentEtag).ShouldBe((first.ETag, null));
        second.ETag.ShouldBeNull();
        (await ReadAsync(Ada)).State!.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Write_WithAnOldETag_LosesAlone()
    {
        var stale = new GrainState<CountState>(new());
        await WriteAsync(Ada, stale);
        await WriteAsync(Ada, new GrainState<CountState>(new() { Count = 5 }, stale.ETag));
        var others = Enumerable.Range(0, 200).Select(i => (Id: GrainId.Create("user", $"u{i}"), State: new GrainState<CountState>(new() { Count = i }))).ToList();
        var writes = others.ConvertAll(other => WriteAsync(other.Id, other.State));
        var losing = WriteAsync(Ada, stale);
        await Task.WhenAll(writes);
        await Should.ThrowAsync<InconsistentStateException>(() => losing);
        (await ReadAsync(Ada)).State!.Count.ShouldBe(5);
        (await ReadAsync(others[150].Id)).State!.Count.ShouldBe(150);
    }

    [Fact]
    public async Task Clear_DeletesTheState_AndItsETagNeverHoldsAgain()
    {
        var state = new GrainState<CountState>(new() { Count = 1 });
        await WriteAsync(Ada, state);
        var old = new GrainState<CountState>(new() { Count = 99 }, state.ETag);
        await _storage.ClearStateAsync("count", Ada, state);
        (state.ETag, state.RecordExists, state.State!.Count).ShouldBe((null, false, 0));
        await Should.ThrowAsync<InconsistentStateException>(() => WriteAsync(Ada, old));
        Reopen();
        await WriteAsync(Ada, new GrainState<CountState>(new() { Count = 2 }));
        await Should.ThrowAsync<InconsistentStateException>(() => WriteAsync(Ada, old));
        await Should.ThrowAsync<InconsistentStateException>(() => _storage.ClearStateAsync("count", Ada, old));
        (await ReadAsync(Ada)).State!.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Clear_WithoutETag_HoldsOnlyWhereNothingIsStored()
    {
        await _storage.ClearStateAsync("count", Ada, new GrainState<CountState>(new()));
        await WriteAsync(Ada, new GrainState<CountState>(new() { Count = 1 }));
        await Should.ThrowAsync<InconsistentStateException>(() => _storage.ClearStateAsync("count", Ada, new GrainState<CountState>(new())));
    }

    [Fact]
    public async Task Writers_ThatRaceOnFewStates_EachVersionHasOneWinner()
    {
        var wins = await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            var won = 0;
            for (var i = 0; i < 50; i++)
            {
                var id = GrainId.Create("user", $"{i % 3}");
                var state = await ReadAsync(id);
                state.State!.Count++;
                try
                {
                    await WriteAsync(id, state);
                    won++;
                }
                catch (InconsistentStateException)
                {
                    // Another writer won this version.
                }
            }

            return won;
        })));
        var counted = 0;
        for (var i = 0; i < 3; i++) counted += (await ReadAsync(GrainId.Create("user", $"{i}"))).State!.Count;
        counted.ShouldBe(wins.Sum());
    }

    [Fact]
    public async Task Write_Answered_IsInTheFilesAsTheyAreThen()
    {
        for (var i = 0; i < 20; i++) await WriteAsync(GrainId.Create("user", $"{i}"), new GrainState<CountState>(new() { Count = i }));
        // What a killed process leaves behind: its files, never closed.
        var left = Directory.CreateDirectory(Path.Combine(_folder.Path, "left")).FullName;
        foreach (var file in (string[])["grains.db", "grains.db-wal"]) File.Copy(Path.Combine(_folder.Path, file), Path.Combine(left, file));
        using var after = new SqliteGrainStorage(new() { Path = Path.Combine(left, "grains.db") }, CountStateJson.Default.Options);
        var state = new GrainState<CountState>();
        await after.ReadStateAsync("count", GrainId.Create("user", "19"), state);
        state.State!.Count.ShouldBe(19);
    }

    [Fact]
    public async Task Write_WhileTheFileIsLocked_FailsClearly_AndHealsAfterwards()
    {
        _storage.Dispose();
        _storage = Open(TimeSpan.FromMilliseconds(50));
        using var other = new SqliteConnection($"Data Source={DatabasePath};Pooling=False");
        await other.OpenAsync();
        GrainStateDatabase.Execute(other, "BEGIN IMMEDIATE");
        var state = new GrainState<CountState>(new() { Count = 1 });
        var failure = await Should.ThrowAsync<GrainStateUnavailableException>(() => WriteAsync(Ada, state));
        failure.Message.ShouldContain(DatabasePath);
        failure.Message.ShouldContain("locked");
        (await ReadAsync(Ada)).RecordExists.ShouldBeFalse();
        GrainStateDatabase.Execute(other, "ROLLBACK");
        await WriteAsync(Ada, state);
        (await ReadAsync(Ada)).State!.Count.ShouldBe(1);
    }

    [Fact]
    public void Open_OfAFileThatIsNoDatabase_SaysSo()
    {
        var path = Path.Combine(_folder.Path, "not.db");
        File.WriteAllText(path, new string('x', 5000));
        Should.Throw<GrainStateUnavailableException>(() => new SqliteGrainStorage(new() { Path = path }, CountStateJson.Default.Options))
            .Message.ShouldContain(path);
    }

    [Fact]
    public async Task Write_AfterDispose_IsRefused()
    {
        _storage.Dispose();
        await Should.ThrowAsync<ObjectDisposedException>(() => WriteAsync(Ada, new GrainState<CountState>(new())));
        _storage = Open();
    }

    private string DatabasePath => Path.Combine(_folder.Path, "grains.db");

    private SqliteGrainStorage Open(TimeSpan? busyTimeout = null) => new(
        new() { Path = DatabasePath, BusyTimeout = busyTimeout ?? TimeSpan.FromSeconds(5) }, CountStateJson.Default.Options);

    private void Reopen()
    {
        _storage.Dispose();
        _storage = Open();
    }

    private Task WriteAsync(GrainId id, GrainState<CountState> state) => _storage.WriteStateAsync("count", id, state);

    private async Task<GrainState<CountState>> ReadAsync(GrainId id)
    {
        var state = new GrainState<CountState>();
        await _storage.ReadStateAsync("count", id, state);
        return state;
    }
}
