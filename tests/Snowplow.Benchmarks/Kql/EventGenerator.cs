using Snowplow.Kql.Data;

namespace Snowplow.Benchmarks.Kql;

/// <summary>
/// The web events of the benchmark of analytical queries, "evgen v1": seed 42, 200,000 users, 5,000 pages, 30 days, Zipf over users, pages, countries and
/// browsers. Integers of 32 bits and + - * / of doubles alone, so that every language gives the same; the order of draws is that of the loop.
/// </summary>
internal sealed class EventGenerator
{
    private const int Users = 200_000;
    private const long FirstMs = 1_735_689_600_000;
    private const long SpanMs = 30 * 86_400_000L;

    private static readonly string[] Events = ["page_view", "page_ping", "link_click", "search", "add_to_cart", "checkout_step", "transaction", "remove_from_cart"];
    private static readonly int[] EventShares = [45, 75, 85, 90, 94, 97, 99, 100];
    private static readonly string[] Media = ["direct", "search", "social", "email", "internal", "paid"];
    private static readonly int[] MediumShares = [30, 60, 75, 83, 93, 100];
    private static readonly string[] Browsers =
    [
        "Chrome", "Safari", "Edge", "Firefox", "Samsung Internet", "Opera", "Chrome Mobile", "Mobile Safari", "Chrome Mobile WebView", "Facebook", "Instagram", "Android",
        "UC Browser", "Yandex Browser", "IE", "DuckDuckGo Mobile", "Brave", "Vivaldi", "Googlebot", "Whale",
    ];

    private static readonly string[] Sections = ["products", "blog", "docs", "category", "help"];
    private static readonly string[] Plans = ["free", "basic", "pro", "enterprise"];
    private static readonly int[] PlanShares = [70, 88, 97, 100];
    private static readonly double[] UserWeights = Weights(Users), PageWeights = Weights(5_000), CountryWeights = Weights(100), BrowserWeights = Weights(20);

    private uint _state = 42;

    /// <summary>The table <c>events</c> with so many rows in order of time; ids of events are left out.</summary>
    public MemoryTable CreateEvents(int count)
    {
        var (time, user, session, page, kind, medium, total) =
            (new long[count], new int[count], new long[count], new int[count], new int[count], new int[count], new double[count]);
        var sessions = new int[Users];
        for (var n = 0; n < count;)
        {
            var who = Pick(UserWeights, Next01());
            var from = Share(MediumShares, (int)(Next() % 100));
            var at = FirstMs + (long)(Next01() * SpanMs);
            var length = 1 + (int)(Next() % 12);
            var index = ++sessions[who];
            for (var i = 0; i < length && n < count; i++)
            {
                // An event's id takes four draws.
                for (var draw = 0; draw < 4; draw++) Next();
                (user[n], session[n], medium[n], time[n]) = (who, index, from, at);
                page[n] = Pick(PageWeights, Next01());
                kind[n] = i == 0 ? 0 : Share(EventShares, (int)(Next() % 100));
                total[n] = kind[n] == 6 ? Math.Truncate((Next01() * Next01() * 50_000) + 500) / 100 : double.NaN;
                var gap = Next01();
                at += 1000 + (long)(gap * gap * 600_000);
                n++;
            }
        }

        var order = Enumerable.Range(0, count).ToArray();
        Array.Sort([.. time.Select((ms, i) => ((Int128)ms << 32) + i)], order);
        var valid = new Bitmap(count, true);
        for (var i = 0; i < count; i++) valid[i] = !double.IsNaN(total[order[i]]);
        return new MemoryTable(
            "events",
            [
                ("collector_tstamp", KqlType.DateTime), ("user_id", KqlType.String), ("domain_sessionidx", KqlType.Long), ("page_urlpath", KqlType.String), ("event_name", KqlType.String),
                ("geo_country", KqlType.String), ("br_family", KqlType.String), ("refr_medium", KqlType.String), ("tr_total", KqlType.Real),
            ],
            [
                new ValueColumn<long>(KqlType.DateTime, [.. order.Select(i => DateTime.UnixEpoch.Ticks + (time[i] * TimeSpan.TicksPerMillisecond))]),
                Coded(order.Select(i => $"user-{user[i]:D6}")),
                new ValueColumn<long>(KqlType.Long, [.. order.Select(i => session[i])]),
                Coded(order.Select(i => Page(page[i]))),
                Coded(order.Select(i => Events[kind[i]])),
                Coded(order.Select(i => Country(user[i]))),
                Coded(order.Select(i => Browsers[Pick(BrowserWeights, Hash((uint)((user[i] * 2) + 2)) / 4294967296.0)])),
                Coded(order.Select(i => Media[medium[i]])),
                new ValueColumn<double>(KqlType.Real, [.. order.Select(i => total[i])], valid),
            ],
            count);
    }

    /// <summary>The table <c>users</c>.</summary>
    public static MemoryTable CreateUsers() => new(
        "users",
        [("user_id", KqlType.String), ("plan", KqlType.String), ("signup_country", KqlType.String)],
        [
            Coded(Enumerable.Range(0, Users).Select(user => $"user-{user:D6}")),
            Coded(Enumerable.Range(0, Users).Select(user => Plans[Share(PlanShares, (int)(Hash((uint)((user * 2) + 3)) % 100))])),
            Coded(Enumerable.Range(0, Users).Select(Country)),
        ],
        Users);

    private static StringColumn Coded(IEnumerable<string> texts)
    {
        var builder = new StringColumnBuilder();
        foreach (var text in texts) builder.Add(text);
        return builder.Finish();
    }

    private static string Page(int page) => page switch { 0 => "/", 1 => "/cart", 2 => "/checkout", _ => $"/{Sections[page % 5]}/{Sections[page % 5]}-item-{page:D4}" };

    private static string Country(int user) => Pick(CountryWeights, Hash((uint)((user * 2) + 1)) / 4294967296.0) is var country ? $"{(char)('A' + (country / 26))}{(char)('A' + (country % 26))}" : "";

    private static double[] Weights(int count)
    {
        var weights = new double[count];
        var sum = 0.0;
        for (var i = 0; i < count; i++) weights[i] = sum += 1.0 / (i + 1);
        return weights;
    }

    private static int Pick(double[] weights, double part)
    {
        var wanted = part * weights[^1];
        var (low, high) = (0, weights.Length - 1);
        while (low < high)
        {
            var middle = (low + high) >> 1;
            if (weights[middle] > wanted) high = middle;
            else low = middle + 1;
        }

        return low;
    }

    private static int Share(int[] shares, int part) => Array.FindIndex(shares, share => share > part);

    private static uint Hash(uint seed) => Mulberry(ref seed);

    // mulberry32.
    private static uint Mulberry(ref uint state)
    {
        unchecked
        {
            state += 0x6D2B79F5;
            var t = (state ^ (state >> 15)) * (1 | state);
            t = (t + ((t ^ (t >> 7)) * (61 | t))) ^ t;
            return t ^ (t >> 14);
        }
    }

    private uint Next() => Mulberry(ref _state);

    private double Next01() => Next() / 4294967296.0;
}
