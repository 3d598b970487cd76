using System.Security.Cryptography;
using System.Text;
using Snowplow.Enrich.Tests.Pipeline;
using Snowplow.Events.Collector;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Tests.Enrichments;

public sealed class EventFingerprintTests
{
    private const string Schema = "com.snowplowanalytics.snowplow/event_fingerprint_config/1-0-1";

    // What is hashed: a bar stands for U+001F.
    [Theory]
    [InlineData("e=pv&p=web&tv=t", "e|pv|p|web|tv|t|")]
    [InlineData("tv=t&p=web&e=pv", "e|pv|p|web|tv|t|")]
    [InlineData("e=pv&p=web&tv=t&eid=c6ef3124-b53a-4b13-a233-0088f79dcbcb&stm=1772366399800&nuid=1&cv=x", "e|pv|p|web|tv|t|")]
    [InlineData("e=pv&p=web&tv=t&page=&uid=", "e|pv|p|web|tv|t|")]
    [InlineData("e=pv&p=web&tv=t&page=a&page=b%20c", "e|pv|p|web|page|b c|tv|t|")]
    [InlineData("e=pv&p=web&tv=t&page=a&page=", "e|pv|p|web|tv|t|")]
    [InlineData("e=pv&p=web&tv=t&unknown=1&Z=2", "Z|2|e|pv|p|web|tv|t|unknown|1|")]
    public Task Query_OfAnEvent_IsHashed(string query, string hashed) => Check("MD5", MD5.HashData, Harness.Get(query), hashed);

    [Theory]
    [InlineData("MD5")]
    [InlineData("SHA1")]
    [InlineData("SHA256")]
    [InlineData("SHA384")]
    [InlineData("SHA512")]
    public Task Query_ByEachAlgorithm_IsHashed(string algorithm) => Check(
        algorithm,
        text => CryptographicOperations.HashData(new HashAlgorithmName(algorithm), text),
        Harness.Get("e=pv&p=web&tv=t"),
        "e|pv|p|web|tv|t|");

    [Fact]
    public Task Body_WithAQuery_IsHashedWithTheQueryOnTop() => Check(
        "SHA256",
        SHA256.HashData,
        Harness.PostItems("""{"e":"pv","p":"web","tv":"t","page":"b\u00e4","uid":"","aid":"body"}""") with { Querystring = "aid=query&eid=c6ef3124-b53a-4b13-a233-0088f79dcbcb" },
        "aid|query|e|pv|p|web|page|bä|tv|t|");

    [Fact]
    public async Task Events_OfOnePost_HaveTheirOwnFingerprints()
    {
        using var files = EnrichmentFiles.Of(Schema, """{"hashAlgorithm":"MD5","excludeParameters":[]}""");
        using var harness = new Harness(files.Options);
        var good = (await harness.ProcessAsync(Harness.PostItems(
            """{"e":"pv","p":"web","tv":"t"}""", """{"e":"pv","p":"web","tv":"u"}""", """{"tv":"t","e":"pv","p":"web"}"""))).Good;
        var fingerprints = Enumerable.Range(0, 3).Select(i => good[i].Text(EventField.EventFingerprint)).ToList();
        fingerprints[0].ShouldNotBe(fingerprints[1]);
        fingerprints[0].ShouldBe(fingerprints[2]);
    }

    [Fact]
    public Task Parameters_BeyondAllBuffers_AreHashed()
    {
        var names = Enumerable.Range(0, 500).Select(i => $"x{i:D4}").ToList();
        var value = new string('v', 300);
        return Check(
            "MD5",
            MD5.HashData,
            Harness.Get($"e=pv&p=web&tv=t&{string.Join('&', names.AsEnumerable().Reverse().Select(name => $"{name}={value}"))}"),
            $"e|pv|p|web|tv|t|{string.Concat(names.Select(name => $"{name}|{value}|"))}");
    }

    [Theory]
    [InlineData("1-0-0", """{"hashAlgorithm":"SHA256","excludeParameters":[]}""", "hashAlgorithm")]
    [InlineData("1-0-1", """{"hashAlgorithm":"MD4","excludeParameters":[]}""", "hashAlgorithm")]
    [InlineData("1-0-1", """{"hashAlgorithm":"MD5"}""", "excludeParameters")]
    public void Configuration_ThatIsWrong_IsRefused(string version, string parameters, string expected)
    {
        using var files = EnrichmentFiles.Of($"com.snowplowanalytics.snowplow/event_fingerprint_config/{version}", parameters);
        files.ShouldBeRefused(expected);
    }

    private static async Task Check(string algorithm, Func<byte[], byte[]> hash, CollectorPayload payload, string hashed)
    {
        using var files = EnrichmentFiles.Of(Schema, $$"""{"hashAlgorithm":"{{algorithm}}","excludeParameters":["eid","nuid","stm","cv"]}""");
        using var harness = new Harness(files.Options);
        var expected = Convert.ToHexStringLower(hash(Encoding.UTF8.GetBytes(hashed.Replace('|', '\u001f'))));
        (await harness.ProcessAsync(payload)).Event.Text(EventField.EventFingerprint).ShouldBe(expected);
    }
}
