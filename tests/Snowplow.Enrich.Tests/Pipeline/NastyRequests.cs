using System.Text;
using System.Text.Json;
using Snowplow.Events.Collector;

namespace Snowplow.Enrich.Tests.Pipeline;

/// <summary>Requests whose every part may be absent, endless, or not what it should be.</summary>
internal static class NastyRequests
{
    private static readonly string?[] Texts =
    [
        null, "", " ", "x", "unknown", "\0", "\t\r\n", "\u007f\u0085\u2028", "é😀", "\"\\</script>", "null", "{}", "[]", "7", "-1", "1x2", "1.5", "1e400", "NaN", "iglu:com.acme/x/jsonschema/1-0-0",
        "http://acme.com/?a=b#c", "http:", "//", "::1", "[::1]:99999", "203.0.113.9, 198.51.100.1", "11111111-2222-4333-8444-555555555555", "1-1-1-1-1",
        new string('a', 300), new string('é', 5000), string.Concat(Enumerable.Repeat("😀", 9000)), "%", "%ff%fe", "e=pv&p=web", "a=%00&a=%ed%a0%80&=&&x",
    ];

    private static readonly string?[] Paths =
        ["/i", "/com.snowplowanalytics.snowplow/tp2", "/com.snowplowanalytics.iglu/v1", "/com.acme/v1", "/" + new string('v', 200) + "/" + new string('1', 200)];

    private static readonly string[] Parameters =
    [
        "e", "p", "tv", "tna", "eid", "tid", "dtm", "stm", "ttm", "url", "refr", "page", "aid", "uid", "duid", "nuid", "tnuid", "fp", "vid", "sid", "ip", "res", "vp", "ds", "cd", "lang",
        "cs", "tz", "ua", "co", "cx", "ue_pr", "ue_px", "se_ca", "se_ac", "se_la", "se_pr", "se_va", "tr_id", "tr_af", "tr_tt", "tr_tx", "tr_sh", "tr_ci", "tr_st", "tr_co", "tr_cu",
        "ti_id", "ti_sk", "ti_nm", "ti_ca", "ti_pr", "ti_qu", "ti_cu", "pp_mix", "pp_max", "pp_miy", "pp_may", "cookie", "f_pdf", "f_java",
    ];

    /// <summary>The next request of a seed.</summary>
    public static CollectorPayload Next(Random random) => Harness.Request with
    {
        IpAddress = Text(random),
        TimestampMs = random.Next(4) == 0 ? random.NextInt64(long.MinValue, long.MaxValue) : Harness.Request.TimestampMs,
        Encoding = random.Next(8) == 0 ? Text(random) : "UTF-8",
        Collector = Text(random),
        UserAgent = Text(random),
        RefererUri = Text(random),
        Path = random.Next(8) == 0 ? Text(random) : Paths[random.Next(Paths.Length)],
        Querystring = random.Next(3) == 0 ? Text(random) : "",
        ContentType = random.Next(3) == 0 ? Text(random) : "application/json",
        Hostname = Text(random),
        NetworkUserId = random.Next(4) == 0 ? Text(random) : null,
        Headers = [.. Enumerable.Range(0, random.Next(4)).Select(_ => $"{Text(random)}: {Text(random)}")],
        Body = Body(random),
    };

    private static ReadOnlyMemory<byte>? Body(Random random) => random.Next(6) switch
    {
        0 => null,
        1 => Encoding.UTF8.GetBytes(Text(random) ?? ""),
        2 => (byte[])[.. "{\"a\":\""u8, 0xe9, .. "\"}"u8],
        _ => Harness.PostItems([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Item(random))]).Body,
    };

    private static string Item(Random random)
    {
        var item = new Dictionary<string, string?> { ["e"] = "pv", ["p"] = "web", ["tv"] = "t" };
        for (var count = random.Next(6); count > 0; count--) item[Parameters[random.Next(Parameters.Length)]] = Text(random) ?? "y";
        return JsonSerializer.Serialize(item);
    }

    private static string? Text(Random random) => Texts[random.Next(Texts.Length)];
}
