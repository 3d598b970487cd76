using System.Buffers;
using System.Globalization;
using System.Text;

namespace Snowplow.Enrich.Enrichments.Iab;

/// <summary>
/// One of the IAB's lists of user agents: lines of columns between bars, <c>#</c> before comments. Immutable. User agents that no line
/// is about, as most are for the robots, cost one pass over their text.
/// </summary>
internal sealed class IabUserAgents
{
    private readonly SearchValues<string> _patterns;
    private readonly IabRecord[] _records;

    private IabUserAgents(IabRecord[] records)
    {
        _records = records;
        _patterns = SearchValues.Create([.. records.Select(record => record.Pattern)], StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Reads the list of browsers: pattern, active, at start, and perhaps the day since which it is inactive.</summary>
    /// <exception cref="FormatException">A line has another form.</exception>
    public static IabUserAgents ReadBrowsers(string path) => Read(path, columns =>
        Make(columns, minColumns: 3, atStart: 2, inactiveSince: 3, exceptions: [], impact: "NONE"));

    /// <summary>
    /// Reads the list of robots: pattern, active, exceptions separated by commas, whether one pass needs it, impact, at start, and
    /// perhaps the day since which it is inactive.
    /// </summary>
    /// <exception cref="FormatException">A line has another form.</exception>
    public static IabUserAgents ReadRobots(string path) => Read(path, columns => Make(
        columns,
        minColumns: 6,
        atStart: 5,
        inactiveSince: 6,
        exceptions: columns.Length > 2 ? columns[2].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [],
        impact: columns.ElementAtOrDefault(4) switch
        {
            "0" => "PAGE_IMPRESSIONS",
            "1" => "AD_IMPRESSIONS",
            "2" => "PAGE_AND_AD_IMPRESSIONS",
            var other => throw new FormatException($"its impact is '{other}' and must be 0, 1 or 2"),
        }));

    /// <summary>A list of patterns from a configuration.</summary>
    public static IabUserAgents Of(IEnumerable<string> patterns) =>
        new([.. patterns.Where(pattern => pattern.Length > 0).Select(pattern => new IabRecord(pattern, false, [], "PAGE_AND_AD_IMPRESSIONS", null))]);

    /// <summary>The first line that is about a user agent; null for none.</summary>
    /// <param name="userAgent">The user agent.</param>
    /// <param name="time">With it, lines that no longer held then are passed over; empty for all lines.</param>
    public IabRecord? Find(ReadOnlySpan<char> userAgent, ReadOnlySpan<byte> time = default)
    {
        if (!userAgent.ContainsAny(_patterns)) return null;
        foreach (var record in _records)
        {
            if (record.Matches(userAgent) && (time.IsEmpty || record.HeldAt(time))) return record;
        }

        return null;
    }

    private static IabUserAgents Read(string path, Func<string[], IabRecord?> make)
    {
        var records = new List<IabRecord>();
        var at = 0;
        foreach (var line in File.ReadLines(path))
        {
            at++;
            if (string.IsNullOrWhiteSpace(line) || line.StartsWith('#')) continue;
            try
            {
                if (make(line.Split('|', StringSplitOptions.TrimEntries)) is { } record) records.Add(record);
            }
            catch (FormatException e)
            {
                throw new FormatException($"line {at}, '{line}': {e.Message}", e);
            }
        }

        return new IabUserAgents([.. records]);
    }

    // Null for a line that is switched off without a day: it never holds.
    private static IabRecord? Make(string[] columns, int minColumns, int atStart, int inactiveSince, string[] exceptions, string impact)
    {
        if (columns.Length < minColumns) throw new FormatException($"it has {columns.Length} columns and must have at least {minColumns}");
        if (columns[0].Length == 0) throw new FormatException("its pattern is empty");
        var since = DateOnly.TryParseExact(columns.ElementAtOrDefault(inactiveSince), "MM/dd/yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? Encoding.UTF8.GetBytes(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
            : null;
        return columns[1] == "1" || since is not null ? new IabRecord(columns[0], columns[atStart] == "1", exceptions, impact, since) : null;
    }
}
