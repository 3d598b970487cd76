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
            var (found, bytes) = Run(database, new Random(round));
            var (used, wall) = ((Environment.CpuUsage.TotalTime - cpu).TotalSeconds, clock.Elapsed.TotalSeconds);
            output.WriteLine($"{Lookups / wall:N0} lookups/s, {Lookups / used:N0} per second of processor time; {found:N0} found, {bytes:N0} bytes read, "
                + $"{GC.GetAllocatedBytesForCurrentThread() - allocated} B allocated");
        }
    }

    private static (int Found, long Bytes) Run(MmdbDatabase database, Random random)
    {
        var values = new MmdbValue[IpColumns.Geo.Count];
        var (found, bytes) = (0, 0L);
        var section = database.Data.Section;
        for (var i = 0; i < Lookups; i++)
        {
            var address = new IpBits((UInt128)(uint)random.NextInt64(1L << 32) << 96, IsIpv4: true);
            if (!database.TryFind(address, IpColumns.Geo, values)) continue;
            found++;
            foreach (var value in values) bytes += value.Text(section).Length;
        }

        return (found, bytes);
    }
}
