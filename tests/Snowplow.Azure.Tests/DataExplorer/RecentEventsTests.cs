using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Snowplow.Azure.DataExplorer;
using Snowplow.Events.Enriched;
using Snowplow.Storage.Blobs;

namespace Snowplow.Azure.Tests.DataExplorer;

/// <summary>Events on their way to <c>events_recent</c>: at once, in requests that Data Explorer takes, and in nobody's way where it is not there.</summary>
public sealed class RecentEventsTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("recent-").FullName;
    private readonly HttpClient _http = new();
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromMinutes(2));
    private FakeKusto _kusto = null!;
    private RecentEvents _recent = null!;

    public async Task InitializeAsync()
    {
        _kusto = await FakeKusto.StartAsync(new FolderBlobStore(_folder));
        _recent = new RecentEvents(_http, null, new DataExplorerOptions { Cluster = _kusto.Url }, new QuickTime(), NullLogger<RecentEvents>.Instance);
    }

    public async Task DisposeAsync()
    {
        await _recent.StopAsync(CancellationToken.None);
        _recent.Dispose();
        _http.Dispose();
        _patience.Dispose();
        await _kusto.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Events_AreStreamedInTheirOrder_AsTheLoaderReadsThem()
    {
        await _recent.StartAsync(CancellationToken.None);
        _recent.Add(Batch(Event("1", "A \"quoted\", page"), Event("2", "")));
        await UntilStreamedAsync(2);
        _recent.Add(EnrichedBatch.Empty);
        _recent.Add(Batch(Event("3", "more")));
        await UntilStreamedAsync(3);

        Streamed.Select(line => line.Split(',')[(int)EventField.EventId]).ShouldBe(["1", "2", "3"]);
        Streamed[0].ShouldContain("\"A \"\"quoted\"\", page\"");
        _kusto.Streams.ShouldBe(2);
    }

    [Fact]
    public async Task Batches_LargerThanARequestMayBe_AreStreamedInSeveral()
    {
        await _recent.StartAsync(CancellationToken.None);
        // Every character is doubled by its quotes.
        string[] events = [.. Enumerable.Range(0, 90).Select(i => Event($"{i}", new string('"', 100_000))), Event("large", new string('"', 900_000)), Event("last", "")];
        _recent.Add(Batch(events));
        await UntilStreamedAsync(events.Length);

        Streamed.Select(line => line.Split(',')[(int)EventField.EventId]).ShouldBe([.. Enumerable.Range(0, 90).Select(i => $"{i}"), "large", "last"]);
        _kusto.Streams.ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task Events_WhileDataExplorerIsBusy_AreLeftOut_AndThoseThatComeAfterwardsAreNot()
    {
        _kusto.IsBusy = true;
        await _recent.StartAsync(CancellationToken.None);
        var large = Batch([.. Enumerable.Range(0, 20).Select(i => Event($"{i}", new string('x', 100_000)))]);
        // None of these waits: more than there is room for is left out at once.
        for (var i = 0; i < 2 * RecentEvents.MostWaitingBytes / large.Text.Length; i++) _recent.Add(large);
        _kusto.IsBusy = false;

        while (!Streamed.Any(line => line.Contains("after", StringComparison.Ordinal)))
        {
            _recent.Add(Batch(Event("after", "")));
            await Task.Delay(20, _patience.Token);
        }

        Streamed.Count.ShouldBeLessThan(2 * RecentEvents.MostWaitingBytes / 100_000);
    }

    private IReadOnlyList<string> Streamed => _kusto.Tables.TryGetValue("events_recent", out var lines) ? [.. lines] : [];

    private async Task UntilStreamedAsync(int count)
    {
        while (Streamed.Count < count) await Task.Delay(20, _patience.Token);
    }

    private static EnrichedBatch Batch(params string[] lines) => EnrichedBatch.Parse(Encoding.UTF8.GetBytes(string.Concat(lines)));

    private static string Event(string id, string title)
    {
        var fields = new string[EventFields.Count];
        Array.Fill(fields, "");
        (fields[(int)EventField.EventId], fields[(int)EventField.PageTitle]) = (id, title);
        return string.Join('\t', fields) + "\n";
    }
}
