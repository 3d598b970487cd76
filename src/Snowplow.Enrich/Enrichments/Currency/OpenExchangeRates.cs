using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Snowplow.Enrich.Enrichments.Currency;

/// <summary>
/// The historical rates of Open Exchange Rates. Every day is asked for once and in US dollars, which all plans allow; other
/// currencies are converted by way of it. A service that does not answer is asked three times; then the events of this day fail
/// until it is asked again, a minute later. Thread-safe.
/// </summary>
/// <param name="apiKey">The <c>app_id</c>.</param>
/// <param name="http">The client.</param>
/// <param name="time">The clock of timeouts and waits.</param>
internal sealed class OpenExchangeRates(string apiKey, HttpClient http, TimeProvider time) : IRateSource
{
    private const int MaxAttempts = 3;
    private const int MaxDays = 400;

    private static readonly Uri Service = new("https://openexchangerates.org/api/historical/");
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RetryWait = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan ErrorLifetime = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<DateOnly, Question> _days = [];

    /// <inheritdoc/>
    public ValueTask<RatesAnswer> AtEndOfAsync(DateOnly day, CancellationToken cancellationToken)
    {
        var answer = AnswerFor(day);
        return answer.IsCompletedSuccessfully ? new(answer.Result) : new(answer.WaitAsync(cancellationToken));
    }

    // Of events that want the same day at the same time, one asks.
    private Task<RatesAnswer> AnswerFor(DateOnly day)
    {
        lock (_lock)
        {
            if (_days.TryGetValue(day, out var question) && !IsOver(question)) return question.Answer;
            if (_days.Count >= MaxDays) _days.Remove(_days.MinBy(pair => pair.Value.AskedAt).Key);
            question = new Question(Task.Run(() => AskAsync(day)), time.GetTimestamp());
            _days[day] = question;
            return question.Answer;
        }
    }

    private bool IsOver(Question question) =>
        question.Answer.IsCompleted && !(question.Answer.IsCompletedSuccessfully && question.Answer.Result.IsFound) && time.GetElapsedTime(question.AskedAt) > ErrorLifetime;

    private async Task<RatesAnswer> AskAsync(DateOnly day)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (answer, isWorthRetrying) = await AskOnceAsync(day);
            if (!isWorthRetrying || attempt == MaxAttempts) return answer;
            await Task.Delay(RetryWait * attempt, time);
        }
    }

    private async Task<(RatesAnswer Answer, bool IsWorthRetrying)> AskOnceAsync(DateOnly day)
    {
        var what = string.Create(CultureInfo.InvariantCulture, $"Open Exchange Rates, asked for {day:yyyy-MM-dd},");
        try
        {
            using var timeout = new CancellationTokenSource(AttemptTimeout, time);
            var address = new Uri(Service, string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd}.json?app_id={Uri.EscapeDataString(apiKey)}"));
            using var response = await http.GetAsync(address, timeout.Token);
            var body = await response.Content.ReadAsByteArrayAsync(timeout.Token);
            if (response.IsSuccessStatusCode) return (Read(body, what), false);
            var isTransient = response.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;
            return (RatesAnswer.None($"{what} answered {(int)response.StatusCode}{Reason(body)}"), isTransient);
        }
        catch (OperationCanceledException)
        {
            return (RatesAnswer.None($"{what} did not answer within {AttemptTimeout.TotalSeconds} s"), true);
        }
        catch (HttpRequestException e)
        {
            return (RatesAnswer.None($"{what} cannot be reached: {e.Message}"), true);
        }
    }

    private static RatesAnswer Read(byte[] body, string what)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var units = new Dictionary<CurrencyCode, decimal> { [CurrencyCode.Usd] = 1 };
            foreach (var rate in document.RootElement.GetProperty("rates").EnumerateObject())
            {
                if (CurrencyCode.TryParse(System.Text.Encoding.UTF8.GetBytes(rate.Name), out var code) && rate.Value.GetDecimal() is > 0 and var unit)
                    units[code] = unit;
            }

            return RatesAnswer.Of(new DayRates(units));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return RatesAnswer.None($"{what} answered with something else than rates: {e.Message.TrimEnd('.')}");
        }
    }

    // The service says what is wrong in the member "description".
    private static string Reason(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.TryGetProperty("description", out var text) ? $": {text.GetString()?.TrimEnd('.')}" : "";
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A proxy's page; the status alone must do.
            return "";
        }
    }

    private sealed record Question(Task<RatesAnswer> Answer, long AskedAt);
}
