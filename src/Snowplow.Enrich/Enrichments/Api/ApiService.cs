using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Snowplow.Enrich.Enrichments.Answers;

namespace Snowplow.Enrich.Enrichments.Api;

/// <summary>An HTTP service that is asked about events: method, credentials, timeout (<c>parameters.api.http</c>). Thread-safe.</summary>
internal sealed class ApiService
{
    // An answer describes one event, which could not hold more than this.
    private const int MaxBytes = 1_000_000;

    private readonly HttpClient _http;
    private readonly HttpMethod _method;
    private readonly TimeSpan _timeout;
    private readonly AuthenticationHeaderValue? _credentials;
    private readonly IReadOnlyList<ApiOutput> _outputs;

    /// <summary>Reads the parameters, valid by their schema.</summary>
    public ApiService(JsonElement http, IReadOnlyList<ApiOutput> outputs, HttpClient client)
    {
        _http = client;
        _outputs = outputs;
        _method = HttpMethod.Parse(http.GetProperty("method").GetString()!);
        _timeout = TimeSpan.FromMilliseconds(http.GetProperty("timeout").GetInt32());
        if (http.GetProperty("authentication").TryGetProperty("httpBasic", out var basic))
        {
            var pair = $"{basic.GetProperty("username").GetString()}:{basic.GetProperty("password").GetString()}";
            _credentials = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        }
    }

    /// <summary>Whether requests have a body.</summary>
    public bool HasBody => _method != HttpMethod.Get;

    /// <summary>Asks the service. Whatever goes wrong is in the answer, but for the address, which may hold a key.</summary>
    /// <param name="address">The address.</param>
    /// <param name="body">JSON of the request; null for none.</param>
    public async Task<Answer> AskAsync(string address, string? body) => Uri.TryCreate(address, UriKind.Absolute, out var uri)
        ? await AskAsync(uri, body)
        : Answer.Failed("the values of the inputs make no address of api.http.uri");

    private async Task<Answer> AskAsync(Uri address, string? body)
    {
        using var timeout = new CancellationTokenSource(_timeout);
        try
        {
            using var request = new HttpRequestMessage(_method, address);
            request.Headers.Authorization = _credentials;
            request.Headers.Accept.ParseAdd("application/json");
            if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, timeout.Token);
            if (!response.IsSuccessStatusCode) return Answer.Failed($"{address.Host} answered with status {(int)response.StatusCode}");
            await response.Content.LoadIntoBufferAsync(MaxBytes, timeout.Token);
            using var json = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(timeout.Token));
            return EntitiesOf(json.RootElement);
        }
        catch (OperationCanceledException)
        {
            return Answer.Failed($"{address.Host} did not answer within {_timeout.TotalMilliseconds} ms");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException)
        {
            return Answer.Failed($"{address.Host} gave no usable answer: {e.Message}");
        }
    }

    private Answer EntitiesOf(JsonElement json)
    {
        var entities = new List<AnsweredEntity>();
        foreach (var output in _outputs)
        {
            if (output.From(json) is not { } entity) return Answer.Failed($"the answer has nothing at {output.PathText}");
            entities.Add(entity);
        }

        return new Answer(entities, null);
    }
}
