using System.Collections.Immutable;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Snowplow.Grains.Interventions;

namespace Snowplow.Silo.Interventions;

/// <summary>
/// Posts what waits for the webhooks, each to its own and in no order, and settles it with their grains. What is not settled when
/// the process ends is sent again by the next one.
/// </summary>
internal sealed class WebhookSender(
    InterventionOptions options, IGrainFactory grains, HttpClient http, DeadLetters deadLetters, TimeProvider clock, ILogger<WebhookSender> logger)
    : BackgroundService
{
    // Together, so that one slow answer holds up few.
    private const int MostAtOnce = 16;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(options.Webhooks.Select(webhook => ServeAsync(webhook.Key, webhook.Value, stoppingToken)));

    private async Task ServeAsync(string name, WebhookOptions webhook, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        try
        {
            do
            {
                while (await TryDeliverAsync(name, webhook, stop))
                {
                    // There may be more.
                }
            }
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException)
        {
            // The host stops; what waits is in the grain's state.
        }
    }

    // False where nothing was due, or something failed here.
    private async Task<bool> TryDeliverAsync(string name, WebhookOptions webhook, CancellationToken stop)
    {
        try
        {
            var grain = grains.GetGrain<IWebhookGrain>(name);
            var due = await grain.Due(NowMs, MostAtOnce);
            if (!due.IsEmpty)
            {
                var outcomes = await Task.WhenAll(due.Where(delivery => delivery.Fault is null).Select(delivery => SendAsync(webhook, delivery, stop)));
                await SettleAsync(name, grain, [.. outcomes, .. await BuryAsync(name, [.. due.Where(delivery => delivery.Fault is not null)], stop)]);
            }

            InterventionMetrics.SetStatus(name, await grain.GetStatus());
            return !due.IsEmpty;
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            logger.LogWarning(failure, "Webhook {Webhook}: its queue could not be worked on; the next try is soon", name);
            return false;
        }
    }

    private async Task SettleAsync(string name, IWebhookGrain grain, ImmutableArray<DeliveryOutcome> outcomes)
    {
        await grain.Settle(outcomes, NowMs);
        InterventionMetrics.Settled(name, outcomes);
        if (outcomes.FirstOrDefault(outcome => outcome.Fault is not null) is { Fault: { } fault })
            logger.LogWarning("Webhook {Webhook} did not take an intervention, which is tried again: {Fault}", name, fault);
    }

    private async Task<ImmutableArray<DeliveryOutcome>> BuryAsync(string name, ImmutableArray<Delivery> given, CancellationToken stop)
    {
        if (given.IsEmpty) return [];
        await deadLetters.AppendAsync(name, given, stop);
        logger.LogError("Webhook {Webhook}: {Count} interventions are given up and lie in {File}: {Fault}", name, given.Length, DeadLetters.FileOf(name), given[^1].Fault);
        return [.. given.Select(delivery => new DeliveryOutcome(delivery.Intervention.Id, null, true))];
    }

    private async Task<DeliveryOutcome> SendAsync(WebhookOptions webhook, Delivery delivery, CancellationToken stop)
    {
        var body = Encoding.UTF8.GetBytes(delivery.Intervention.Json);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stop);
        timeout.CancelAfter(AnswerTimeout);
        using var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.Add(WebhookSignature.HeaderName, WebhookSignature.Of(webhook.Secret, clock.GetUtcNow(), body));
        request.Headers.Add("X-Snowplow-Id", delivery.Intervention.Id);
        request.Headers.Add("X-Snowplow-Attempt", (delivery.Failures + 1).ToString(CultureInfo.InvariantCulture));
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, timeout.Token);
            var fault = response.IsSuccessStatusCode ? null : string.Create(CultureInfo.InvariantCulture, $"The webhook answered {(int)response.StatusCode}.");
            return new DeliveryOutcome(delivery.Intervention.Id, fault, false);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new DeliveryOutcome(delivery.Intervention.Id, $"The webhook did not answer within {AnswerTimeout.TotalSeconds:0} seconds.", false);
        }
        catch (HttpRequestException failure)
        {
            return new DeliveryOutcome(delivery.Intervention.Id, failure.Message, false);
        }
    }

    private long NowMs => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
