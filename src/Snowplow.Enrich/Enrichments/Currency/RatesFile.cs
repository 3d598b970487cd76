using Snowplow.Enrich.Assets;

namespace Snowplow.Enrich.Enrichments.Currency;

/// <summary>
/// Rates from a file in the form of the European Central Bank's history of rates: CSV, a header of <c>Date</c> and currency codes, a
/// row for each day that banks work. What is not a number (<c>N/A</c>) is no rate. The euro, in which that file quotes, counts 1
/// where the file has no column for it.
/// </summary>
internal sealed class RatesFile(Asset<RatesTable> table) : IRateSource
{
    /// <inheritdoc/>
    public ValueTask<RatesAnswer> AtEndOfAsync(DateOnly day, CancellationToken cancellationToken) => new(table.Current.AtEndOf(day));
}
