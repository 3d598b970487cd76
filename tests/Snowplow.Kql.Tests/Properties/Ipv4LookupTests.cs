using Snowplow.Kql.Data;
using Snowplow.Kql.Functions;

namespace Snowplow.Kql.Tests.Properties;

/// <summary><c>ipv4_lookup</c> against a comparison of every row with every range.</summary>
public sealed class Ipv4LookupTests
{
    private static readonly int Rounds = Environment.GetEnvironmentVariable("SNOWPLOW_TEST_SCALE") == "full" ? 5_000 : 100;

    [Fact]
    public void Ipv4Lookup_OfAnyTables_FindsTheRangesThatHoldEachAddress()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            var addresses = Enumerable.Range(0, random.Next(20)).Select(_ => Address(random)).ToArray();
            var ranges = Enumerable.Range(0, random.Next(20)).Select(_ => Address(random)).ToArray();
            var keepsAll = random.Next(2) == 0;

            var query = $"{Table("a", addresses)} | evaluate ipv4_lookup(({Table("r", ranges)}), a, r, return_unmatched = {(keepsAll ? "true" : "false")})";
            var rows = new KqlEngine(new Database([])).Run(query, new QueryOptions())[0].Rows().Select(row => $"{row[0]} {row[1]}").ToList();

            var expected = addresses.SelectMany(address => ranges.Where(range => Holds(range, address)).DefaultIfEmpty(keepsAll ? "" : null).OfType<string>().Select(range => $"{address} {range}"));
            rows.ShouldBe(expected, $"seed {seed}: {query}");
        }
    }

    private static bool Holds(string range, string address) =>
        Ipv4.TryParse(range, out var network, out var length) && Ipv4.TryParse(address, out var own, out var prefix) && length <= prefix && (own & Ipv4.Mask(length)) == (network & Ipv4.Mask(length));

    // Few networks, so that many hold an address; some texts are none.
    private static string Address(Random random) => random.Next(8) == 0 ? "none" : $"10.{random.Next(2)}.{random.Next(2)}.{random.Next(3)}{(random.Next(2) == 0 ? $"/{random.Next(0, 33)}" : "")}";

    private static string Table(string column, string[] values) => $"datatable({column}:string)[{string.Join(", ", values.Select(value => $"'{value}'"))}]";
}
