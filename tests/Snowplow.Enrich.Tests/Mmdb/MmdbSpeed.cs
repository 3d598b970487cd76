using System.Diagnostics;
using Snowplow.Enrich.Addresses;
using Snowplow.Enrich.Enrichments.IpLookups;
using Snowplow.Enrich.Mmdb;
using Snowplow.Enrich.Tests.JsonSchema;
using Xunit.Abstractions;

namespace Snowplow.Enrich.Tests.Mmdb;

/// <summary>
/// Lookups per second on one core: random IPv4 addresses in the database that SNOWPLOW_MMDB names (default: the countries that come
/// with the program), all fields that the enrichment reads of a place. Compare with <c>mmdblookup --file F --benchmark 500000 --threads 1</c>.
/// </summary>
public sealed class MmdbSpeed(ITestOutputHelper output)
{
    private const int Lookups = 1_000_000;

    [MeasurementFact]
    public void LookupsOfPlaces()
    {
        var path = Environment.GetEnvironmentVariable("SNOWPLOW_MMDB") ?? Path.Combine(AppContext.BaseDirectory, "assets", "geo-whois-asn-country.mmdb");
        var opening = Stopwatch.StartNew();
        var database = MmdbDatabase.Open(path);
        output.WriteLine($"{database.Metadata.DatabaseType}, {new FileInfo(path).Length / 1e6:N1} MB, opened in {opening.ElapsedMilliseconds} ms");
        for (var round = 0; round < 6; round++)
        {
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var (cpu, clock) = (Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
            var (found, bytes) = Run(database, (ulong)round);
            var (used, wall) = ((Environment.CpuUsage.TotalTime - cpu).TotalSeconds, clock.Elapsed.TotalSeconds);
            output.WriteLine($"{Lookups / wall:N0} lookups/s, {Lookups / used:N0} per second of processor time; {found:N0} found, {bytes:N0} bytes of values, "
                + $"{GC.GetAllocatedBytesForCurrentThread() - allocated} B allocated");
        }
    }

    private static (int Found, long Bytes) Run(MmdbDatabase database, ulong seed)
    {
        var values = new MmdbValue[IpColumns.Geo.Count];
        var (found, bytes) = (0, 0L);
        for (var i = 0; i < Lookups; i++)
        {
            // Knuth's MMIX generator: a seeded Random would take a thirtieth of the time.
            seed = seed * 6364136223846793005 + 1442695040888963407;
            var address = new IpBits((UInt128)(seed >> 32) << 96, IsIpv4: true);
            if (!database.TryFind(address, IpColumns.Geo, values)) continue;
            found++;
            foreach (var value in values) bytes += value.Size;
        }

        return (found, bytes);
    }
}
