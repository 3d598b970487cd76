using System.Net;
using Snowplow.EndToEnd.Tests.Harness;
using Snowplow.EndToEnd.Tests.Recount;
using Xunit.Abstractions;

namespace Snowplow.EndToEnd.Tests.Crash;

/// <summary>Ctrl-C: nothing is left unfinished, and the next start goes on from there.</summary>
public sealed class InterruptTests(ITestOutputHelper log) : IDisposable
{
    private readonly DataFolder _data = new();
    private readonly Uri _url = SnowplowProcess.FreeAddress();

    /// <inheritdoc/>
    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Executable_WhenInterruptedRightAfterItsLastAnswer_LeavesNothingHalfDoneAndLandsTheRestAtItsNextStart()
    {
        IReadOnlyCollection<string> acknowledged;
        await using (var first = await SnowplowProcess.StartAsync(_data, _url, new Settings()))
        {
            await using var load = new Load(_url, seed: 1, rate: 500, TimeSpan.FromSeconds(2));
            acknowledged = await load.EndAsync();
            await first.StopAsync();
        }

        log.WriteLine($"{acknowledged.Count} events acknowledged, {Outcomes.Of(_data).Lost(acknowledged).Count} of them left to the next start");
        log.WriteLine(_data.RowsShouldAgreeWithEvents());

        await using var second = await SnowplowProcess.StartAsync(_data, _url, new Settings());
        await second.ShouldLandAsync(acknowledged);
        await second.StopAsync();
        Outcomes.Of(_data).Doubled().ShouldBeEmpty();
        log.WriteLine(_data.RowsShouldAgreeWithEvents());
    }

    [Fact]
    public async Task Executable_WhenStartedAgainAfterAnInterrupt_ContinuesSessionsAndUsers()
    {
        await using (var first = await SnowplowProcess.StartAsync(_data, _url, new Settings()))
        {
            await TrackAsync(first, "page one");
            await first.StopAsync();
        }

        await using var second = await SnowplowProcess.StartAsync(_data, _url, new Settings());
        await second.LiveAsync("api/users/returning", user => user["page_views"]!.GetValue<int>() == 1 ? null : "page_views is not 1");
        await TrackAsync(second, "page two");
        await second.LiveAsync(
            "api/sessions/4b2d0f0e-6f0a-4a53-9e55-0a6f8f0d7c11", session => session["page_views"]!.GetValue<int>() == 2 ? null : "page_views is not 2");
        await second.StopAsync();
        _data.RowsShouldAgreeWithEvents();
        LatestRows.By("user_key", _data.UserRows())["d:returning"]["page_views"]!.GetValue<int>().ShouldBe(2);
    }

    private static async Task TrackAsync(SnowplowProcess snowplow, string title)
    {
        var pixel = $"i?e=pv&p=web&tv=test&duid=returning&sid=4b2d0f0e-6f0a-4a53-9e55-0a6f8f0d7c11&page={Uri.EscapeDataString(title)}";
        using var answer = await snowplow.Http.GetAsync(new Uri(pixel, UriKind.Relative));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
