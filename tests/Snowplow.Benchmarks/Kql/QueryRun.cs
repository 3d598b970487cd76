using System.Diagnostics;
using System.Globalization;
using Snowplow.Kql;
using Snowplow.Kql.Data;

namespace Snowplow.Benchmarks.Kql;

/// <summary>
/// The queries of the benchmark of web analytics over extents in files: one warm-up, then the median of five runs, on one thread and on all.
/// <c>SNOWPLOW_EVENTS</c> is the number of events, <c>SNOWPLOW_BENCH</c> a folder, in which <c>kql-load</c> writes <c>events.csv</c> and <c>users.csv</c>,
/// unless they are there, and the extents of them; <c>kql</c> runs the queries, of <c>SNOWPLOW_QUERY</c> (<c>q01,q04</c>) if it is set. What DuckDB does with
/// the same files: <c>duckdb.mjs</c>.
/// </summary>
internal static class QueryRun
{
    private const string Start = "events | ";
    private const string Sessions = "summarize s=min(collector_tstamp), e=max(collector_tstamp) by user_id, domain_sessionidx | extend len=(e-s)/1s | ";
    private static readonly int Runs = int.TryParse(Environment.GetEnvironmentVariable("SNOWPLOW_RUNS"), out var runs) ? runs : 5;

    private static readonly (string Name, string Query)[] Queries =
    [
        ("q01 count by hour", Start + "summarize n=count() by bin(collector_tstamp,1h) | order by collector_tstamp asc"),
        ("q02 top pages", Start + "where event_name=='page_view' | summarize n=count() by page_urlpath | top 10 by n"),
        ("q03 exact users a day", Start + "summarize count_distinct(user_id) by bin(collector_tstamp,1d)"),
        ("q03b dcount of users a day", Start + "summarize dcount(user_id) by bin(collector_tstamp,1d)"),
        ("q04 sessionise", Start + "sort by user_id asc, collector_tstamp asc | extend new = iff(user_id != prev(user_id) or collector_tstamp - prev(collector_tstamp) > 30m, 1, 0) | summarize sessions=sum(new), users=count_distinct(user_id)"),
        ("q05 funnel", """
            let s1 = events | where event_name=='page_view' and page_urlpath startswith '/products/' | summarize t1=min(collector_tstamp) by user_id;
            let s2 = events | where event_name=='add_to_cart' | join kind=inner s1 on user_id | where collector_tstamp > t1 | summarize t2=min(collector_tstamp) by user_id;
            let s3 = events | where event_name=='transaction' | join kind=inner s2 on user_id | where collector_tstamp > t2 | summarize t3=min(collector_tstamp) by user_id;
            print n1=toscalar(s1|count), n2=toscalar(s2|count), n3=toscalar(s3|count)
            """),
        ("q06 retention", """
            let f = events | summarize d0=min(bin(collector_tstamp,1d)) by user_id;
            events | distinct user_id, d=bin(collector_tstamp,1d) | join kind=inner f on user_id
            | extend k=tolong((d-d0)/1d) | where k between (0 .. 7) | summarize n=count() by d0, k | order by d0 asc, k asc
            """),
        ("q07 percentiles of sessions", Start + Sessions + "summarize percentiles(len,50,90,99), count()"),
        ("q07b the same by t-digest", Start + Sessions + "summarize d=tdigest(len), count() | project p50=percentile_tdigest(d,50), p90=percentile_tdigest(d,90), p99=percentile_tdigest(d,99), count_"),
        ("q08 substring", Start + "where page_urlpath contains 'item-12' | summarize n=count() by event_name | order by n desc"),
        ("q09 join users", Start + "join kind=inner users on user_id | summarize n=count(), total=sum(tr_total), u=count_distinct(user_id) by plan"),
        ("q10 hours and countries", Start + "summarize n=count() by bin(collector_tstamp,1h), geo_country"),
        ("q11 a day, a country", Start + "where collector_tstamp >= datetime(2025-01-15) and collector_tstamp < datetime(2025-01-16) and geo_country=='AA' | summarize n=count(), u=dcount(user_id), rev=sum(tr_total) by refr_medium | order by n desc"),
        ("q12 a user", Start + "where user_id=='user-012345' | project collector_tstamp, event_name, page_urlpath | order by collector_tstamp asc"),
    ];

    private static readonly IReadOnlyList<(string Name, KqlType Type)> EventColumns =
    [
        ("event_id", KqlType.String), ("collector_tstamp", KqlType.DateTime), ("user_id", KqlType.String), ("domain_sessionidx", KqlType.Long), ("page_urlpath", KqlType.String),
        ("event_name", KqlType.String), ("geo_country", KqlType.String), ("br_family", KqlType.String), ("refr_medium", KqlType.String), ("tr_total", KqlType.Real),
    ];

    private static readonly IReadOnlyList<(string Name, KqlType Type)> UserColumns = [("user_id", KqlType.String), ("plan", KqlType.String), ("signup_country", KqlType.String)];

    private static string Folder => Environment.GetEnvironmentVariable("SNOWPLOW_BENCH") ?? Path.Combine(Path.GetTempPath(), "snowplow-kql");

    public static Task LoadAsync()
    {
        var count = int.TryParse(Environment.GetEnvironmentVariable("SNOWPLOW_EVENTS"), out var wanted) ? wanted : 1_000_000;
        Directory.CreateDirectory(Folder);
        var (events, users) = (Path.Combine(Folder, "events.csv"), Path.Combine(Folder, "users.csv"));
        if (!File.Exists(events)) new EventGenerator().WriteEvents(events, count);
        if (!File.Exists(users)) EventGenerator.WriteUsers(users);
        CsvTable.Load(users, UserColumns, long.MaxValue >> 1, 1);
        foreach (var threads in new[] { 1, Environment.ProcessorCount })
        {
            var start = Stopwatch.GetTimestamp();
            CsvTable.Load(events, EventColumns, 128 << 20, threads);
            var elapsed = Stopwatch.GetElapsedTime(start);
            var table = CsvTable.Open("events", EventColumns, Folder);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{threads} threads: {table.RowCount} events of CSV in files after {elapsed.TotalSeconds:F1} s, {table.RowCount / elapsed.TotalSeconds:N0}/s; {table.SizeBytes / 1e6:F0} MB, {(double)table.SizeBytes / table.RowCount:F1} bytes an event"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"peak memory {Peak()} MiB"));
        return Task.CompletedTask;
    }

    public static async Task RunAsync()
    {
        if (!Directory.Exists(Folder)) await LoadAsync();
        var events = CsvTable.Open("events", EventColumns, Folder);
        var engine = new KqlEngine(new Database([events, CsvTable.Open("users", UserColumns, Folder)]));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{events.RowCount} events; ms, median of {Runs}: 1 thread (processor time), {Environment.ProcessorCount} threads (processor time); rows and the first of them"));
        var probe = Environment.GetEnvironmentVariable("SNOWPLOW_QUERY");
        foreach (var (name, query) in probe is null ? Queries : Queries.Where(query => probe.Split(',').Contains(query.Name.Split(' ')[0])))
        {
            var one = Measure(engine, query, 1, out _);
            var all = Measure(engine, query, Environment.ProcessorCount, out var result);
            var first = string.Join(" | ", (result.Rows().FirstOrDefault() ?? []).Select(ResultJson.Text));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{name,-30} {one.Elapsed,6:F0} ({one.Processor,5:F0}) {all.Elapsed,6:F0} ({all.Processor,5:F0})   {result.RowCount}: {first}; peak memory so far {Peak()} MiB"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{events.SizeBytes / 1e6:F0} MB in files; peak memory {Peak()} MiB"));
    }

    private static long Peak()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 >> 20;
    }

    private static (double Elapsed, double Processor) Measure(KqlEngine engine, string query, int workers, out ResultTable result)
    {
        var options = new QueryOptions { Workers = workers };
        result = engine.Run(query, options)[0];
        var (elapsed, processor) = (new double[Runs], new double[Runs]);
        using var process = Process.GetCurrentProcess();
        for (var i = 0; i < Runs; i++)
        {
            process.Refresh();
            var (start, used) = (Stopwatch.GetTimestamp(), process.TotalProcessorTime);
            engine.Run(query, options);
            elapsed[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            process.Refresh();
            processor[i] = (process.TotalProcessorTime - used).TotalMilliseconds;
        }

        Array.Sort(elapsed);
        Array.Sort(processor);
        return (elapsed[Runs / 2], processor[Runs / 2]);
    }
}
