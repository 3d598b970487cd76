using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Snowplow.Events.Collector;

namespace Snowplow.Enrich.Tests.Pipeline;

/// <summary>Page views as the web tracker sends them.</summary>
internal static class PageViews
{
    /// <summary>One POST with a number of page views, each with a web_page context.</summary>
    public static CollectorPayload Post(int events) => Harness.PostItems([.. Enumerable.Range(0, events).Select(Item)]) with
    {
        UserAgent = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36",
        Headers =
        [
            "Host: collector.acme.com",
            "User-Agent: Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36",
            "Accept: */*",
            "Accept-Language: en-GB,en;q=0.9",
            "Accept-Encoding: gzip, deflate, br",
            "Origin: https://www.acme.com",
            "Referer: https://www.acme.com/",
            "X-Forwarded-For: 203.0.113.9, 10.0.0.1",
            "application/json",
        ],
    };

    /// <summary>One page view as an item of a POST.</summary>
    public static string Item(int index)
    {
        var context = $$$"""{"schema":"iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-0","data":[{"schema":"iglu:com.snowplowanalytics.snowplow/web_page/jsonschema/1-0-0","data":{"id":"a86c42e5-b831-45c8-b706-{{{index:D12}}}"}}]}""";
        return JsonSerializer.Serialize(new Dictionary<string, string>
        {
            ["e"] = "pv",
            ["url"] = $"https://www.acme.com/shop/product/{index}?utm_source=newsletter&utm_medium=email&utm_campaign=spring%20sale&size=42#reviews",
            ["page"] = "Trail running shoe – Acme",
            ["refr"] = "https://www.google.com/",
            ["eid"] = $"0f1e2d3c-4b5a-4978-8695-{index:D12}",
            ["tv"] = "js-4.1.0",
            ["tna"] = "sp",
            ["aid"] = "acme-shop",
            ["p"] = "web",
            ["cookie"] = "1",
            ["cs"] = "UTF-8",
            ["lang"] = "en-GB",
            ["res"] = "1920x1080",
            ["cd"] = "24",
            ["tz"] = "Europe/London",
            ["dtm"] = (1772366399000 + index).ToString(CultureInfo.InvariantCulture),
            ["vp"] = "1512x823",
            ["ds"] = "1497x4211",
            ["vid"] = "3",
            ["sid"] = "9c65e7f3-8e8e-470d-b243-910b5b300da0",
            ["duid"] = "b2fb4ecb-4b2d-44e1-b4d4-5f2c8a1b0c9d",
            ["cx"] = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(context)),
            ["stm"] = "1772366399800",
        });
    }
}
