using System.Globalization;
using System.Text;

namespace Snowplow.Enrich.Enrichments.Currency;

/// <summary>What a <see cref="RatesFile"/> holds. Immutable.</summary>
internal sealed class RatesTable
{
    // Weekends and holidays have no rows; what is older than this is no longer the day's rate.
    private const int MaxAgeDays = 7;

    private static readonly CurrencyCode Euro = CurrencyCode.Of("EUR");

    private readonly Dictionary<DateOnly, DayRates> _days = [];

    private RatesTable()
    {
    }

    /// <summary>Whether any day has a rate of this currency.</summary>
    public bool Has(CurrencyCode currency) => _days.Values.Any(day => day.Has(currency));

    /// <summary>The rates of a day, or of the last one before it that has some.</summary>
    public RatesAnswer AtEndOf(DateOnly day)
    {
        for (var age = 0; age <= Math.Min(MaxAgeDays, day.DayNumber); age++)
        {
            if (_days.TryGetValue(day.AddDays(-age), out var rates)) return RatesAnswer.Of(rates);
        }

        return RatesAnswer.None($"the file of rates has none for {day:yyyy-MM-dd} and the {MaxAgeDays} days before it");
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">It has another form; the message says where.</exception>
    public static RatesTable Read(string path)
    {
        var table = new RatesTable();
        CurrencyCode[]? columns = null;
        var at = 0;
        foreach (var line in File.ReadLines(path))
        {
            at++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            var cells = line.Split(',', StringSplitOptions.TrimEntries);
            if (columns is null)
                columns = ReadHeader(cells);
            else if (DateOnly.TryParseExact(cells[0], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                table._days[day] = ReadRow(columns, cells);
            else
                throw new FormatException($"line {at} begins with '{cells[0]}' and must begin with a day, such as 2026-02-27");
        }

        return table._days.Count > 0 ? table : throw new FormatException("it has no rates");
    }

    private static CurrencyCode[] ReadHeader(string[] cells)
    {
        if (!cells[0].Equals("date", StringComparison.OrdinalIgnoreCase))
            throw new FormatException("its header must be 'Date' and codes of currencies, separated by commas");
        return [.. cells.Skip(1).Select(cell => CurrencyCode.TryParse(Encoding.UTF8.GetBytes(cell), out var code) ? code : default)];
    }

    private static DayRates ReadRow(CurrencyCode[] columns, string[] cells)
    {
        var units = new Dictionary<CurrencyCode, decimal> { [Euro] = 1 };
        for (var i = 0; i < columns.Length && i + 1 < cells.Length; i++)
        {
            if (columns[i] != default && decimal.TryParse(cells[i + 1], NumberStyles.Float, CultureInfo.InvariantCulture, out var rate) && rate > 0)
                units[columns[i]] = rate;
        }

        return new DayRates(units);
    }
}
