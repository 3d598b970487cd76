using System.Globalization;

namespace Snowplow.Benchmarks.Kql;

/// <summary>
/// The web events of the benchmark of analytical queries, "evgen v1": seed 42, 200,000 users, 5,000 pages, 30 days, Zipf over users, pages, countries and
/// browsers. Integers of 32 bits and + - * / of doubles alone, so that every language gives the same; the order of draws is that of the loop.
/// </summary>
public sealed class EventGenerator
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

    /// <summary>Writes <c>events.csv</c> with so many rows, in order of time.</summary>
    public void WriteEvents(string path, int count)
    {
        var (id, time, user, session, page, kind, medium, total) =
            (new (uint A, uint B, uint C, uint D)[count], new long[count], new int[count], new int[count], new int[count], new int[count], new int[count], new double[count]);
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
                id[n] = (Next(), Next(), Next(), Next());
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
        using var file = new StreamWriter(path) { NewLine = "\n" };
        file.WriteLine("event_id,collector_tstamp,user_id,domain_sessionidx,page_urlpath,event_name,geo_country,br_family,refr_medium,tr_total");
        foreach (var i in order)
        {
            var browser = Browsers[Pick(BrowserWeights, Hash((uint)((user[i] * 2) + 2)) / 4294967296.0)];
            file.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{Uuid(id[i])},{DateTime.UnixEpoch.AddMilliseconds(time[i]):yyyy-MM-dd HH:mm:ss.fff},user-{user[i]:D6},{session[i]},{Page(page[i])},{Events[kind[i]]},{Country(user[i])},{browser},{Media[medium[i]]},{(double.IsNaN(total[i]) ? "" : total[i].ToString("F2", CultureInfo.InvariantCulture))}"));
        }
    }

    /// <summary>Writes <c>users.csv</c>.</summary>
    public static void WriteUsers(string path)
    {
        using var file = new StreamWriter(path) { NewLine = "\n" };
        file.WriteLine("user_id,plan,signup_country");
        for (var user = 0; user < Users; user++)
            file.WriteLine(string.Create(CultureInfo.InvariantCulture, $"user-{user:D6},{Plans[Share(PlanShares, (int)(Hash((uint)((user * 2) + 3)) % 100))]},{Country(user)}"));
    }

    // Version 4, variant 1.
    private static string Uuid((uint A, uint B, uint C, uint D) id) =>
        $"{id.A:x8}-{id.B >> 16:x4}-4{id.B & 0xFFF:x3}-{"89ab"[(int)(id.C >> 30)]}{id.C >> 16 & 0xFFF:x3}-{id.C & 0xFFFF:x4}{id.D:x8}";

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
