namespace Snowplow.Enrich.Enrichments.Currency;

/// <summary>Knows the rates of past days. Thread-safe.</summary>
internal interface IRateSource
{
    /// <summary>The rates at the end of a day.</summary>
    /// <param name="day">The day, in UTC.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    ValueTask<RatesAnswer> AtEndOfAsync(DateOnly day, CancellationToken cancellationToken);
}
