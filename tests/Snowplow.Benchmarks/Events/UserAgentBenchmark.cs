using System.Text;
using BenchmarkDotNet.Attributes;
using Snowplow.Enrich.UserAgents;

namespace Snowplow.Benchmarks.Events;

/// <summary>One user agent, its browser, operating system and device: read by the rules, and found among the recent ones.</summary>
[MemoryDiagnoser]
public class UserAgentBenchmark
{
    private const int Count = 8;

    private readonly byte[][] _userAgents =
    [
        .. new[]
        {
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36",
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:124.0) Gecko/20100101 Firefox/124.0",
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1",
            "Mozilla/5.0 (Linux; Android 13; SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/112.0.0.0 Mobile Safari/537.36",
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Mobile Safari/537.36",
            "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
            "MyApp/1 CFNetwork/1494.0.7 Darwin/23.4.0",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    private UserAgentReader _reader = null!;
    private RecentContexts _recent = null!;

    [GlobalSetup]
    public void SetUp()
    {
        var rules = UserAgentRules.Load(Path.Combine(AppContext.BaseDirectory, "assets", "regexes.yaml"));
        _reader = new UserAgentReader(rules);
        _recent = new RecentContexts(rules);
    }

    [Benchmark(OperationsPerInvoke = Count, Baseline = true)]
    public int Read()
    {
        var length = 0;
        foreach (var userAgent in _userAgents)
        {
            _reader.Read(userAgent);
            length += _reader[UserAgentField.Family].Length;
        }

        return length;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public int FindRecent()
    {
        var length = 0;
        foreach (var userAgent in _userAgents) length += _recent.Find(userAgent).Length;
        return length;
    }
}
