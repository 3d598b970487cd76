using System.Globalization;
using System.Text;
using Snowplow.Enrich.Assets;
using Snowplow.Enrich.Enrichments.Configuration;
using Snowplow.Events.BadRows;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Enrichments.Currency;

/// <summary>
/// Converts the amounts of transactions and their items into one currency, at the rates of the end of the day before the collector
/// took the event: <c>tr_total_base</c>, <c>tr_tax_base</c>, <c>tr_shipping_base</c>, <c>ti_price_base</c>. Amounts are decimal and
/// rounded half to even to the decimals that the base currency has.
/// </summary>
/// <param name="id">What bad rows say of the enrichment.</param>
/// <param name="baseCurrency">The currency to convert to.</param>
/// <param name="rates">The rates.</param>
internal sealed class CurrencyConversion((string SchemaUri, string Identifier) id, CurrencyCode baseCurrency, IRateSource rates) : IEnrichmentStep
{
    // What an apiKey begins with that names a file of rates instead of an account.
    private const string FilePrefix = "rates:";

    private static readonly (EventField Amount, EventField Currency, EventField Base)[] Amounts =
    [
        (EventField.TrTotal, EventField.TrCurrency, EventField.TrTotalBase),
        (EventField.TrTax, EventField.TrCurrency, EventField.TrTaxBase),
        (EventField.TrShipping, EventField.TrCurrency, EventField.TrShippingBase),
        (EventField.TiPrice, EventField.TiCurrency, EventField.TiPriceBase),
    ];

    private readonly byte[] _baseCurrency = Encoding.UTF8.GetBytes(baseCurrency.ToString());
    private readonly string _format = $"F{baseCurrency.Decimals}";

    /// <summary>
    /// Reads <c>currency_conversion_config</c>. An <c>apiKey</c> of <c>rates:LOCATION</c> takes the rates from a file, see
    /// <see cref="RatesFile"/>. The account's type makes no difference here.
    /// </summary>
    public static Func<IEnrichmentStep>? Read(EnrichmentConfig config, EnrichmentEnvironment environment)
    {
        if (!CurrencyCode.TryParse(Encoding.UTF8.GetBytes(config.Parameters.GetProperty("baseCurrency").GetString()!), out var baseCurrency))
        {
            config.Refuse("baseCurrency", "must be the code of a currency, such as EUR");
            return null;
        }

        var apiKey = config.Parameters.GetProperty("apiKey").GetString()!;
        if (apiKey.Length == 0)
        {
            config.Refuse("apiKey", "must be the App ID of an account at openexchangerates.org, or rates:FILE");
            return null;
        }

        if (!apiKey.StartsWith(FilePrefix, StringComparison.Ordinal))
        {
            var service = new OpenExchangeRates(apiKey, environment.Http, environment.Time);
            return () => new CurrencyConversion(config.Id, baseCurrency, service);
        }

        try
        {
            var table = environment.Assets.Load(apiKey[FilePrefix.Length..], Path.GetDirectoryName(config.File) ?? "", RatesTable.Read);
            if (table.Current.Has(baseCurrency)) return () => new CurrencyConversion(config.Id, baseCurrency, new RatesFile(table));
            config.Refuse("baseCurrency", $"{baseCurrency} has no rates in {apiKey[FilePrefix.Length..]}");
            return null;
        }
        catch (AssetException e)
        {
            config.Refuse("apiKey", e.Message);
            return null;
        }
    }

    /// <inheritdoc/>
    public ValueTask EnrichAsync(EventInProgress e, CancellationToken cancellationToken)
    {
        e.Fields.SetClean(EventField.BaseCurrency, _baseCurrency);
        foreach (var (amount, currency, _) in Amounts)
        {
            if (!e.Fields[amount].IsEmpty && !e.Fields[currency].IsEmpty && EventTime.IsInRange(e.Request.TimestampMs))
                return ConvertAsync(e, cancellationToken);
        }

        return ValueTask.CompletedTask;
    }

    private async ValueTask ConvertAsync(EventInProgress e, CancellationToken cancellationToken)
    {
        var day = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(e.Request.TimestampMs).UtcDateTime);
        day = day > DateOnly.MinValue ? day.AddDays(-1) : day;
        var answer = await rates.AtEndOfAsync(day, cancellationToken);
        if (!answer.IsFound)
        {
            e.FailEnrichment(id, new ErrorMessage(answer.Error));
            return;
        }

        foreach (var (amount, currency, converted) in Amounts)
        {
            if (!e.Fields[amount].IsEmpty && !e.Fields[currency].IsEmpty) Convert(e, answer.Rates, (amount, currency, converted), day);
        }
    }

    private void Convert(EventInProgress e, DayRates dayRates, (EventField Amount, EventField Currency, EventField Base) field, DateOnly day)
    {
        if (!CurrencyCode.TryParse(e.Fields[field.Currency], out var currency) || (!dayRates.Has(currency) && currency != baseCurrency))
        {
            e.FailEnrichment(id, field.Currency, $"must be the code of a currency with a rate on {day:yyyy-MM-dd}");
            return;
        }

        if (!dayRates.Has(baseCurrency) && currency != baseCurrency)
        {
            e.FailEnrichment(id, new ErrorMessage($"the base currency {baseCurrency} has no rate on {day:yyyy-MM-dd}"));
            return;
        }

        try
        {
            if (!decimal.TryParse(e.Fields[field.Amount], NumberStyles.Float, CultureInfo.InvariantCulture, out var amount)) throw new OverflowException();
            Span<byte> text = stackalloc byte[64];
            dayRates.Convert(amount, currency, baseCurrency).TryFormat(text, out var length, _format, CultureInfo.InvariantCulture);
            e.Fields.SetClean(field.Base, text[..length]);
        }
        catch (OverflowException)
        {
            e.FailEnrichment(id, field.Amount, "must be an amount of at most 28 digits, before and after conversion");
        }
    }
}
