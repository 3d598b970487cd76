using System.Text.Json;
using Snowplow.Grains.Interventions;
using Snowplow.Model.Profiles;

namespace Snowplow.Grains.Tests.Interventions;

public sealed class WebhookQueueTests
{
    private WebhookQueue _queue = new();

    [Fact]
    public void Interventions_ThatWaitAlready_AreAddedOnce_AndComeInTheirOrder()
    {
        _queue.Add([Of(1), Of(2)]).ShouldBeTrue();
        _queue.Add([Of(2), Of(1)]).ShouldBeFalse();
        _queue.Add([Of(3)]).ShouldBeTrue();
        Reread();
        _queue.Due(0, 2).Select(delivery => delivery.Intervention.Id).ShouldBe(["1", "2"]);
        _queue.Settle([new DeliveryOutcome("1", null, false)], 0);
        _queue.Due(0, 2).Select(delivery => delivery.Intervention.Id).ShouldBe(["2", "3"]);
        _queue.Status.ShouldBe(new WebhookStatus(2, 1, 0, null));
    }

    [Fact]
    public void Intervention_ThatFails_IsTriedAgainAfterPausesThatDouble_AndGivenUpInTheEnd()
    {
        _queue.Add([Of(1)]);
        var now = 1_000_000L;
        var pauses = new List<long>();
        while (_queue.Due(now, 1) is [{ Fault: null }])
        {
            _queue.Settle([new DeliveryOutcome("1", "busy", false)], now);
            Reread();
            var failedAt = now;
            while (_queue.Due(now, 1).IsEmpty) now += 1000;
            pauses.Add((now - failedAt) / 1000);
        }

        pauses.ShouldBe([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600, 600, 600, 600, 0]);
        _queue.Due(0, 1).ShouldHaveSingleItem().ShouldBe(new Delivery(Of(1), WebhookQueue.MaxFailures, "busy"));
        _queue.Status.Problem.ShouldBe("busy");
        _queue.Settle([new DeliveryOutcome("1", null, true)], now);
        _queue.Status.ShouldBe(new WebhookStatus(0, 0, 1, "busy"));
    }

    [Fact]
    public void Interventions_BeyondTheBound_AreGivenUpFromTheOldest()
    {
        for (var i = 0; i < WebhookQueue.Capacity + 3; i++) _queue.Add([Of(i)]);
        var due = _queue.Due(0, 5);
        due.Select(delivery => delivery.Fault is not null).ShouldBe([true, true, true, false, false]);
        due[0].Fault.ShouldBe("More than 1000 interventions waited.");
    }

    [Fact]
    public void Interventions_WithMoreThanTheBytesThatAStateHolds_AreGivenUpFromTheOldest_AndTheNewestNever()
    {
        _queue.Add([Of(0, WebhookQueue.CapacityChars / 2), Of(1, WebhookQueue.CapacityChars / 2), Of(2, 100), Of(3, 100)]);
        _queue.Due(0, 5).Select(delivery => delivery.Fault).ShouldBe(["More than 768 KiB of interventions waited.", null, null, null]);
        _queue.Add([Of(4, WebhookQueue.CapacityChars + 1)]);
        _queue.Due(0, 5).Select(delivery => delivery.Fault is not null).ShouldBe([true, true, true, true, false]);
    }

    [Fact]
    public void Queue_WithManyThatAreGivenUp_HasNoRoom_UntilTheyAreWritten()
    {
        for (var i = 0; _queue.HasRoom; i++) _queue.Add([Of(i)]);
        _queue.Status.Waiting.ShouldBe(2 * WebhookQueue.Capacity);
        _queue.Settle([.. _queue.Due(0, 16).Select(given => new DeliveryOutcome(given.Intervention.Id, null, true))], 0);
        _queue.HasRoom.ShouldBeTrue();
    }

    [Fact]
    public void Queue_OfLargeInterventions_StaysBelowWhatAStateHolds()
    {
        var tellings = 0;
        for (; _queue.HasRoom; tellings++) _queue.Add([.. Enumerable.Range(100 * tellings, 100).Select(id => Of(id, 4096))]);
        _queue.Status.Waiting.ShouldBe(100 * tellings);
        JsonSerializer.SerializeToUtf8Bytes(_queue, StateJson.Options).Length.ShouldBeLessThan(5 << 19);
    }

    private static Intervention Of(int id, int chars) => Of(id) with { Json = new string(' ', chars) };

    private static Intervention Of(int id) => new($"{id}", "keen", "visitor", "ann", DateTimeOffset.UnixEpoch, "{}");

    private void Reread() => _queue = JsonSerializer.Deserialize<WebhookQueue>(JsonSerializer.Serialize(_queue, StateJson.Options), StateJson.Options)!;
}
