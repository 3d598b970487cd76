using System.Diagnostics.CodeAnalysis;

namespace Snowplow.Enrich.Enrichments.Currency;

/// <summary>The rates of a day, or why there are none.</summary>
/// <param name="Rates">The rates.</param>
/// <param name="Error">Why there are none, a sentence without a full stop.</param>
internal sealed record RatesAnswer(DayRates? Rates, string? Error)
{
    /// <summary>Whether there are rates.</summary>
    [MemberNotNullWhen(true, nameof(Rates))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsFound => Rates is not null;

    /// <summary>There are rates.</summary>
    public static RatesAnswer Of(DayRates rates) => new(rates, null);

    /// <summary>There are none.</summary>
    public static RatesAnswer None(string error) => new(null, error);
}
