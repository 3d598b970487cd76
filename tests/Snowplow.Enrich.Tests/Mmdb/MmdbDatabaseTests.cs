using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using Snowplow.Enrich.Addresses;
using Snowplow.Enrich.Mmdb;
using Snowplow.Enrich.Tests.JsonSchema;
using Snowplow.Enrich.Tests.Pipeline;
using Snowplow.Silo.Tests;

namespace Snowplow.Enrich.Tests.Mmdb;

public sealed class MmdbDatabaseTests : IDisposable
{
    private const string Fixtures = "geo";

    private readonly string _folder = Directory.CreateTempSubdirectory("mmdb-").FullName;

    // Alive to a test's end: the data that is read off them does not keep them so.
    private readonly List<MmdbDatabase> _opened = [];

    [Theory]
    [InlineData(24)]
    [InlineData(28)]
    [InlineData(32)]
    public void Address_OfEachKind_FindsItsNetwork(int recordBits)
    {
        var database = Write(recordBits);
        Find(database, "192.0.2.77").ShouldBe("home");
        Find(database, "::ffff:192.0.2.77").ShouldBe("home");
        Find(database, "192.0.3.1").ShouldBeNull();
        Find(database, "198.51.100.7").ShouldBe("exactly");
        Find(database, "198.51.100.8").ShouldBeNull();
        Find(database, "2001:db8:1::1").ShouldBe("six");
        Find(database, "2001:db8:2::1").ShouldBeNull();
    }

    [Theory]
    [InlineData("192.0.2.77")]
    [InlineData("192.0.2.77:8080")]
    [InlineData("[::ffff:192.0.2.77]:8080")]
    [InlineData("::ffff:c000:24d")]
    public void Text_OfAnAddress_IsReadInAllItsForms(string text) => Find(Write(28), text).ShouldBe("home");

    [Theory]
    [InlineData("")]
    [InlineData("unknown")]
    [InlineData("192.0.2")]
    [InlineData("192.0.2.")]
    [InlineData("192.0.2.256")]
    [InlineData("192.0.2.0001")]
    [InlineData("1.2.3.4.5")]
    [InlineData("192.0.2.x")]
    [InlineData("2001:db8::zz")]
    [InlineData("[192.0.2.77")]
    [InlineData("1:2:3:4:5:6:7:8:9")]
    public void Text_ThatIsNoAddress_IsRefused(string text) => IpBits.TryParse(Encoding.UTF8.GetBytes(text), out _).ShouldBeFalse();

    [Fact]
    public void Lookup_OnAWarmDatabase_AllocatesNothing()
    {
        var database = Write(28);
        var fields = new MmdbFields("name", "deep.er.[].x");
        var values = new MmdbValue[2];
        Run(10);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(1000);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);

        void Run(int times)
        {
            for (var i = 0; i < times; i++)
            {
                if (!IpBits.TryParse("192.0.2.77"u8, out var address)) throw new InvalidOperationException("It is an address.");
                if (!database.TryFind(address, fields, values)) throw new InvalidOperationException("It is there.");
            }
        }
    }

    [Fact]
    public void Fields_OfARecord_AreFoundByTheirPaths()
    {
        var database = Write(24);
        var fields = new MmdbFields("deep.er.[].x", "deep.n", "missing.at.all", "list.[]", "name");
        var values = new MmdbValue[5];
        var address = Address("192.0.2.1");
        database.TryFind(address, fields, values).ShouldBeTrue();
        values[0].Text(database.Data.Section).SequenceEqual("last"u8).ShouldBeTrue();
        values[1].Number(database.Data.Section).ShouldBe(-0.5);
        values[2].Type.ShouldBe(default);
        values[3].Unsigned(database.Data.Section).ShouldBe(3u);
        values[4].Text(database.Data.Section).SequenceEqual("home"u8).ShouldBeTrue();
    }

    [Fact]
    public void File_WhenItIsOverwrittenAndCut_DoesNotDisturbADatabaseInUse()
    {
        var database = Write(28);
        File.WriteAllBytes(Path.Combine(_folder, "test.mmdb"), []);
        Find(database, "192.0.2.77").ShouldBe("home");
    }

    [Theory]
    [InlineData("")]
    [InlineData("no database at all")]
    public void File_ThatIsNoDatabase_IsRefused(string text)
    {
        var path = Path.Combine(_folder, "none.mmdb");
        File.WriteAllText(path, text);
        Should.Throw<MmdbException>(() => MmdbDatabase.Open(path));
    }

    [Fact]
    public void Database_Damaged_IsRefusedOrAnswersOrSaysThatItIsDamaged()
    {
        Write(28);
        var whole = File.ReadAllBytes(Path.Combine(_folder, "test.mmdb"));
        var path = Path.Combine(_folder, "damaged.mmdb");
        var (fuzz, opened, refused) = (new Fuzz(11), 0, 0);
        var values = new MmdbValue[3];
        var fields = new MmdbFields("name", "deep.er.[].x", "list.[]");
        for (var i = 0; i < Fuzz.Cases(500); i++)
        {
            File.WriteAllBytes(path, fuzz.Damage(whole));
            if (i % 1000 == 0) Unmap();
            try
            {
                var database = MmdbDatabase.Open(path);
                opened++;
                foreach (var text in (string[])["192.0.2.77", "198.51.100.7", "2001:db8:1::1"])
                {
                    database.TryFind(Address(text), fields, values);
                }
            }
            catch (MmdbException)
            {
                refused++;
            }
        }

        opened.ShouldBePositive();
        refused.ShouldBePositive();
    }

    // Databases are unmapped when they are collected, and the system allows only so many mappings.
    private static void Unmap()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    [LinuxFact]
    public void Database_ThatIsCollected_GivesItsMemoryBack()
    {
        Write(28);
        OpenAndForget(Path.Combine(_folder, "test.mmdb"), 300);
        Unmap();
        // Other tests have a few open at the same time.
        File.ReadLines("/proc/self/maps").Count(line => line.Contains("/snowplow-") && line.Contains(".mmdb")).ShouldBeLessThan(100);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void OpenAndForget(string path, int times)
        {
            for (var i = 0; i < times; i++) MmdbDatabase.Open(path);
        }
    }

    [SharedTheory(Fixtures)]
    [InlineData("GeoIP2-City-Test")]
    [InlineData("GeoIP2-ISP-Test")]
    [InlineData("GeoIP2-Domain-Test")]
    [InlineData("GeoIP2-Connection-Type-Test")]
    [InlineData("GeoLite2-ASN-Test")]
    public void Database_OfMaxMind_HoldsWhatItWasMadeOf(string name)
    {
        var database = Open(Fixture(name + ".mmdb"));
        foreach (var entry in JsonNode.Parse(File.ReadAllText(Fixture(name + ".json")))!.AsArray())
        {
            var (network, record) = entry!.AsObject().Single();
            var at = Record(database, network.Split('/')[0]);
            at.ShouldNotBeNull(network);
            JsonNode.DeepEquals(Plain(MmdbJson.Read(database.Data, at.Value)), Plain(record)).ShouldBeTrue($"{network}: {MmdbJson.Read(database.Data, at.Value)}");
        }
    }

    // file without its bits | address | whether it is there
    [SharedTheory(Fixtures)]
    [InlineData("MaxMind-DB-test-ipv4-{0}", "1.1.1.3", "1.1.1.2")]
    [InlineData("MaxMind-DB-test-ipv4-{0}", "1.1.1.33", null)]
    [InlineData("MaxMind-DB-test-ipv4-{0}", "::1:ffff:ffff", null)]
    [InlineData("MaxMind-DB-test-ipv6-{0}", "::2:0:59", "::2:0:58")]
    [InlineData("MaxMind-DB-test-ipv6-{0}", "::1:ffff:ffff", "::1:ffff:ffff")]
    [InlineData("MaxMind-DB-test-ipv6-{0}", "1.1.1.1", null)]
    [InlineData("MaxMind-DB-test-mixed-{0}", "1.1.1.17", "::1.1.1.16")]
    [InlineData("MaxMind-DB-test-mixed-{0}", "::2:0:41", "::2:0:40")]
    public void Database_OfEveryRecordSize_FindsTheNetwork(string pattern, string address, string? expected)
    {
        foreach (var bits in (int[])[24, 28, 32])
        {
            var database = Open(Fixture(string.Format(pattern, bits) + ".mmdb"));
            database.Metadata.RecordBits.ShouldBe(bits);
            var at = Record(database, address);
            (at is { } found ? MmdbJson.Read(database.Data, found)!["ip"]!.GetValue<string>() : null).ShouldBe(expected);
        }
    }

    // file | what it holds for the boolean: all else is the same
    [SharedTheory(Fixtures)]
    [InlineData("MaxMind-DB-test-decoder", "true")]
    [InlineData("MaxMind-DB-test-pointer-decoder", "false")]
    public void Database_OfAllTypes_IsReadRight(string name, string flag)
    {
        var database = Open(Fixture(name + ".mmdb"));
        var record = MmdbJson.Read(database.Data, Record(database, "1.1.1.0")!.Value)!;
        JsonNode.DeepEquals(Plain(record), Plain(JsonNode.Parse($$$"""
            {"array":[1,2,3],"boolean":{{{flag}}},"bytes":"0000002A","double":42.123456,"float":1.1,"int32":-268435456,
             "map":{"mapX":{"arrayX":[7,8,9],"utf8_stringX":"hello"}},"uint16":100,"uint32":268435456,
             "uint64":1152921504606846976,"uint128":"01000000000000000000000000000000","utf8_string":"unicode! ☯ - ♫"}
            """))).ShouldBeTrue(record.ToJsonString());
    }

    [SharedTheory(Fixtures)]
    [InlineData("MaxMind-DB-string-value-entries", "1.1.1.1", "\"1.1.1.1/32\"")]
    [InlineData("MaxMind-DB-no-ipv4-search-tree", "1.2.3.4", "\"::/64\"")]
    [InlineData("MaxMind-DB-test-metadata-pointers", "1.1.1.1", "{}")]
    [InlineData("MaxMind-DB-test-nested", "1.1.1.1", """{"map1":{"map2":{"array":[{"map3":{"a":1,"b":2,"c":3}}]}}}""")]
    public void Database_OfUnusualShape_IsRead(string name, string address, string expected)
    {
        var database = Open(Fixture(name + ".mmdb"));
        var record = MmdbJson.Read(database.Data, Record(database, address).ShouldNotBeNull());
        JsonNode.DeepEquals(Plain(record), Plain(JsonNode.Parse(expected))).ShouldBeTrue(record?.ToJsonString());
    }

    [SharedTheory(Fixtures)]
    [InlineData("MaxMind-DB-test-broken-pointers-24", "1.1.1.32")]
    [InlineData("MaxMind-DB-test-broken-search-tree-24", "1.1.1.1")]
    [InlineData("GeoIP2-City-Test-Broken-Double-Format", "2001:220::1")]
    [InlineData("GeoIP2-City-Test-Invalid-Node-Count", "1.1.1.1")]
    public void Database_ThatIsDamaged_SaysSo(string name, string address) => Should.Throw<MmdbException>(() =>
    {
        var database = Open(Fixture(name + ".mmdb"));
        if (Record(database, address) is { } at) MmdbJson.Read(database.Data, at);
        var values = new MmdbValue[1];
        database.TryFind(Address(address), new MmdbFields("location.latitude"), values);
    });

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private MmdbDatabase Write(int recordBits)
    {
        var path = Path.Combine(_folder, "test.mmdb");
        new MmdbWriter(recordBits)
            .Add("192.0.2.0/24", JsonNode.Parse("""{"skip":{"a":["x",{"b":1}],"long":"0123456789012345678901234567890123456789"},"deep":{"er":[{"x":"first"},{"y":1,"x":"last"}],"n":-0.5},"list":[1,2,3],"flag":true,"name":"home"}""")!)
            .Add("198.51.100.7/32", JsonNode.Parse("""{"name":"exactly"}""")!)
            .Add("2001:db8:1::/48", JsonNode.Parse("""{"name":"six"}""")!)
            .Save(path);
        return Open(path);
    }

    private MmdbDatabase Open(string path)
    {
        var database = MmdbDatabase.Open(path);
        _opened.Add(database);
        return database;
    }

    private static string? Find(MmdbDatabase database, string text)
    {
        var values = new MmdbValue[1];
        return database.TryFind(Address(text), new MmdbFields("name"), values) ? Encoding.UTF8.GetString(values[0].Text(database.Data.Section)) : null;
    }

    private static int? Record(MmdbDatabase database, string text) => database.FindRecord(Address(text));

    private static IpBits Address(string text)
    {
        IpBits.TryParse(Encoding.UTF8.GetBytes(text), out var address).ShouldBeTrue(text);
        return address;
    }

    private static string Fixture(string name) => Path.Combine(SharedFiles.Folder(Fixtures), name);

    // Numbers by value, whatever their type: a float's digits are rounded.
    private static JsonNode? Plain(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, Plain(p.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Plain)]),
        JsonValue number when number.GetValueKind() == System.Text.Json.JsonValueKind.Number => Math.Round(double.Parse(number.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture), 6),
        null => null,
        _ => node.DeepClone(),
    };
}
