using Snowplow.Kql.Data;
using Snowplow.Kql.Functions;

namespace Snowplow.Kql.Tests.Properties;

/// <summary>Lists of ranges with prefixes.</summary>
public sealed class CidrListTests
{
    private static readonly int Rounds = Environment.GetEnvironmentVariable("SNOWPLOW_TEST_SCALE") == "full" ? 50_000 : 500;

    [Fact]
    public void CidrList_OfAnyRange_CoversItWithoutGapsAndWithNothingBeyond()
    {
        var engine = new KqlEngine(new Database([]));
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            var first = random.NextInt64(1L << random.Next(1, 33));
            var last = Math.Min(0xFFFFFFFFL, first + random.NextInt64(1L << random.Next(1, 33)));

            var ranges = (object?[])engine.Run($"print ipv4_range_to_cidr_list('{Ipv4.Text(first)}', '{Ipv4.Text(last)}')", new QueryOptions())[0].Rows().Single()[0]!;

            var next = first;
            foreach (string? range in ranges)
            {
                Ipv4.TryParse(range!, out var address, out var prefix).ShouldBeTrue();
                address.ShouldBe(next, $"seed {seed}");
                (address & Ipv4.Mask(prefix)).ShouldBe(address, $"seed {seed}");
                next += 1L << (32 - prefix);
            }

            next.ShouldBe(last + 1, $"seed {seed}");
            // As few as can be: at most two of each length, of which one is not the other's half.
            ranges.Length.ShouldBeLessThanOrEqualTo(62);
            ranges.CountBy(range => ((string)range!).Split('/')[1]).ShouldAllBe(count => count.Value <= 2);
        }
    }
}
