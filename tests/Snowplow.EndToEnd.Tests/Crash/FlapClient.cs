using System.Net.Http.Headers;
using System.Text;

namespace Snowplow.EndToEnd.Tests.Crash;

/// <summary>
/// A tracker that sends a few events at a time, each of a schema that only the <see cref="FlappingRegistry"/> knows, and never a
/// second time. One in three is bad whatever the registry says: its session index is no number. The events have no session id and
/// happened at any time of the last hours, in no order, so that the server cuts sessions and merges them again and again.
/// </summary>
internal sealed class FlapClient : IAsyncDisposable
{
    /// <summary>The app_id of its events.</summary>
    public const string AppId = "flap";

    private const int Schemas = 8;
    private const int Users = 12;
    private const int EventsAtOnce = 5;

    private static readonly TimeSpan Past = TimeSpan.FromHours(6);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient _http;
    private readonly Random _random;
    private readonly DateTimeOffset _start = DateTimeOffset.UtcNow;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<string> _acknowledged = [];
    private readonly Task _sending;

    /// <param name="collector">Where to send.</param>
    /// <param name="seed">Seed of the events.</param>
    public FlapClient(Uri collector, int seed)
    {
        _http = new HttpClient { BaseAddress = collector, Timeout = TimeSpan.FromSeconds(5) };
        _random = new Random(seed);
        _sending = SendAllAsync();
    }

    /// <summary>Stops sending.</summary>
    /// <returns>The ids of all events that the collector has acknowledged.</returns>
    public async Task<IReadOnlyCollection<string>> StopAsync()
    {
        await _stop.CancelAsync();
        await _sending;
        return _acknowledged;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _http.Dispose();
        _stop.Dispose();
    }

    private async Task SendAllAsync()
    {
        for (var n = 0; !_stop.IsCancellationRequested; n += EventsAtOnce)
        {
            string[] ids = [.. Enumerable.Range(0, EventsAtOnce).Select(_ => NextId())];
            if (await IsAcknowledgedAsync(ids.Select((id, i) => Event(id, n + i)))) _acknowledged.AddRange(ids);
            await Task.Delay(Pause, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private string Event(string id, int n)
    {
        var happened = $$"""
            {
              "schema": "iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-0",
              "data": {
                "schema": "iglu:{{FlappingRegistry.Vendor}}/event_{{_random.Next(Schemas)}}/jsonschema/1-0-0",
                "data": { "n": {{n}} }
              }
            }
            """;
        return $$"""
            {
              "e": "ue", "p": "srv", "tv": "flap-1", "aid": "{{AppId}}", "eid": "{{id}}", "duid": "flap-{{_random.Next(Users)}}",
              "vid": "{{(n % 3 == 0 ? "none" : "1")}}",
              "ttm": "{{(_start - (_random.NextDouble() * Past)).ToUnixTimeMilliseconds()}}",
              "ue_px": "{{Convert.ToBase64String(Encoding.UTF8.GetBytes(happened))}}"
            }
            """;
    }

    private async Task<bool> IsAcknowledgedAsync(IEnumerable<string> events)
    {
        var body = $$"""{"schema": "iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4", "data": [{{string.Join(',', events)}}]}""";
        using var content = new StringContent(body, new MediaTypeHeaderValue("application/json", "utf-8"));
        try
        {
            using var response = await _http.PostAsync(new Uri("com.snowplowanalytics.snowplow/tp2", UriKind.Relative), content);
            return response.IsSuccessStatusCode;
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
        {
            // The collector is down: the events are lost or not, nobody was told.
            return false;
        }
    }

    private string NextId()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }
}
