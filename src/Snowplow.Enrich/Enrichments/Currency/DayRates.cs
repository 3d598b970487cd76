namespace Snowplow.Enrich.Enrichments.Currency;

/// <summary>The rates of one day. Immutable.</summary>
/// <param name="units">What one unit of the currency that all are quoted in is worth in each.</param>
internal sealed class DayRates(IReadOnlyDictionary<CurrencyCode, decimal> units)
{
    /// <summary>Whether there is a rate of this currency.</summary>
    public bool Has(CurrencyCode currency) => units.ContainsKey(currency);

    /// <summary>Converts an amount, rounded half to even to the target's decimals. Both currencies must have rates.</summary>
    /// <exception cref="OverflowException">The amount is too large for 28 digits.</exception>
    public decimal Convert(decimal amount, CurrencyCode from, CurrencyCode to)
    {
        var converted = from == to ? amount : amount * units[to] / units[from];
        return decimal.Round(converted, to.Decimals, MidpointRounding.ToEven);
    }
}
