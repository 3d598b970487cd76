using Snowplow.Enrich.Tests.Pipeline;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Tests.Parameters;

/// <summary>Every row of the parameter table, through the pipeline: a pixel request with one parameter more.</summary>
public sealed class ParameterMapperTests : IDisposable
{
    private readonly Harness _harness = new();

    // parameter | value as sent (encoded) | column | its text
    public static TheoryData<string, string, string, string> Good => new()
    {
        { "aid", "shop", "app_id", "shop" },
        { "tna", "sp1", "name_tracker", "sp1" },
        { "tv", "js-1", "v_tracker", "js-1" },
        { "cv", "clj-1", "v_collector", "clj-1" },
        { "uid", "J%C3%BCrgen%20%F0%9F%98%80", "user_id", "Jürgen 😀" },
        { "uid", "a%09b%0Ac%00d%7F", "user_id", "a    bcd" },
        { "uid", "%09", "user_id", "    " },
        { "uid", "%0A", "user_id", "" },
        { "uid", "", "user_id", "" },
        { "uid", "%FF%FEx", "user_id", "\ufffd\ufffdx" },
        { "duid", "d-1", "domain_userid", "d-1" },
        { "nuid", "n-1", "network_userid", "n-1" },
        { "tnuid", "t-1", "network_userid", "t-1" },
        { "tnuid", "t-1&nuid=n-1", "network_userid", "t-1" },
        { "nuid", "n-1&tnuid=", "network_userid", "n-1" },
        { "nuid", "", "network_userid", "11111111-2222-4333-8444-555555555555" },
        { "fp", "123", "user_fingerprint", "123" },
        { "lang", "en-GB", "br_lang", "en-GB" },
        { "cd", "24", "br_colordepth", "24" },
        { "tz", "Europe%2FBerlin", "os_timezone", "Europe/Berlin" },
        { "cs", "UTF-8", "doc_charset", "UTF-8" },
        { "page", "A+page", "page_title", "A page" },
        { "ua", "other", "useragent", "other" },
        { "ip", "10.0.0.1,10.0.0.2", "user_ipaddress", "10.0.0.1" },
        { "ip", "10.0.0.1%7C10.0.0.2", "user_ipaddress", "10.0.0.1" },
        { "ip", "10.0.0.1 10.0.0.2", "user_ipaddress", "10.0.0.1" },
        { "e", "pv", "event", "page_view" },
        { "e", "pp", "event", "page_ping" },
        { "e", "se", "event", "struct" },
        { "e", "ev", "event", "struct" },
        { "e", "ue", "event", "unstruct" },
        { "e", "tr", "event", "transaction" },
        { "e", "ti", "event", "transaction_item" },
        { "p", "web", "platform", "web" },
        { "p", "iot", "platform", "iot" },
        { "p", "app", "platform", "app" },
        { "p", "mob", "platform", "mob" },
        { "p", "pc", "platform", "pc" },
        { "p", "cnsl", "platform", "cnsl" },
        { "p", "tv", "platform", "tv" },
        { "p", "srv", "platform", "srv" },
        { "p", "headset", "platform", "headset" },
        { "eid", "C6EF3124-B53A-4B13-A233-0088F79DCBCB", "event_id", "c6ef3124-b53a-4b13-a233-0088f79dcbcb" },
        { "sid", "C6EF3124-B53A-4B13-A233-0088F79DCBCB", "domain_sessionid", "c6ef3124-b53a-4b13-a233-0088f79dcbcb" },
        { "dtm", "1772366399123", "dvce_created_tstamp", "2026-03-01 11:59:59.123" },
        { "stm", "0", "dvce_sent_tstamp", "1970-01-01 00:00:00.000" },
        { "ttm", "-1", "true_tstamp", "1969-12-31 23:59:59.999" },
        { "vid", "7", "domain_sessionidx", "7" },
        { "vid", "%2B7", "domain_sessionidx", "7" },
        { "vid", "nUlL", "domain_sessionidx", "" },
        { "tid", "-2147483648", "txn_id", "-2147483648" },
        { "pp_mix", "1", "pp_xoffset_min", "1" },
        { "pp_max", "2", "pp_xoffset_max", "2" },
        { "pp_miy", "3", "pp_yoffset_min", "3" },
        { "pp_may", "4", "pp_yoffset_max", "4" },
        { "ti_qu", "5", "ti_quantity", "5" },
        { "res", "1920x1080", "dvce_screenwidth", "1920" },
        { "res", "1920x1080", "dvce_screenheight", "1080" },
        { "ds", "10x20", "doc_width", "10" },
        { "ds", "10x20", "doc_height", "20" },
        { "vp", "30x40", "br_viewwidth", "30" },
        { "vp", "30x40", "br_viewheight", "40" },
        { "cookie", "1", "br_cookies", "1" },
        { "f_pdf", "1", "br_features_pdf", "1" },
        { "f_fla", "0", "br_features_flash", "0" },
        { "f_java", "1", "br_features_java", "1" },
        { "f_dir", "0", "br_features_director", "0" },
        { "f_qt", "1", "br_features_quicktime", "1" },
        { "f_realp", "0", "br_features_realplayer", "0" },
        { "f_wma", "1", "br_features_windowsmedia", "1" },
        { "f_gears", "0", "br_features_gears", "0" },
        { "f_ag", "1", "br_features_silverlight", "1" },
        { "se_ca", "c", "se_category", "c" },
        { "se_ac", "a", "se_action", "a" },
        { "se_la", "l", "se_label", "l" },
        { "se_pr", "p", "se_property", "p" },
        { "ev_ca", "c", "se_category", "c" },
        { "ev_ac", "a", "se_action", "a" },
        { "ev_la", "l", "se_label", "l" },
        { "ev_pr", "p", "se_property", "p" },
        { "se_va", "1.50", "se_value", "1.50" },
        { "ev_va", "1E3", "se_value", "1000" },
        { "se_va", "null", "se_value", "" },
        { "tr_id", "o", "tr_orderid", "o" },
        { "tr_af", "x", "tr_affiliation", "x" },
        { "tr_tt", "1", "tr_total", "1" },
        { "tr_tx", "2", "tr_tax", "2" },
        { "tr_sh", "3", "tr_shipping", "3" },
        { "tr_ci", "c", "tr_city", "c" },
        { "tr_st", "s", "tr_state", "s" },
        { "tr_co", "c", "tr_country", "c" },
        { "tr_cu", "EUR", "tr_currency", "EUR" },
        { "ti_id", "o", "ti_orderid", "o" },
        { "ti_sk", "s", "ti_sku", "s" },
        { "ti_nm", "n", "ti_name", "n" },
        { "ti_na", "n", "ti_name", "n" },
        { "ti_na", "a&ti_nm=b", "ti_name", "b" },
        { "ti_ca", "c", "ti_category", "c" },
        { "ti_pr", "9.99", "ti_price", "9.99" },
        { "ti_cu", "EUR", "ti_currency", "EUR" },
        { "refr", "http://a.com/", "page_referrer", "http://a.com/" },
        { "aid", "first&aid=last", "app_id", "last" },
        { "nonsense", "1", "app_id", "" },
    };

    public static TheoryData<string, string> Wrong => new()
    {
        { "e", "xx" },
        { "e", "PV" },
        { "p", "desktop" },
        { "eid", "not-a-uuid" },
        { "eid", "c6ef3124b53a4b13a2330088f79dcbcb" },
        { "sid", "1" },
        { "dtm", "2026-03-01" },
        { "dtm", "1772366399.5" },
        { "stm", "253402300800000" },
        { "ttm", "-62135596800001" },
        { "vid", "1.0" },
        { "vid", "2147483648" },
        { "tid", "x" },
        { "ti_qu", "1x" },
        { "res", "1920" },
        { "res", "1920x" },
        { "res", "-1x1" },
        { "res", "1x99999999999" },
        { "vp", "1X1" },
        { "ds", "axb" },
        { "cookie", "true" },
        { "f_pdf", "2" },
        { "se_va", "a lot" },
        { "tr_tt", "1,5" },
        { "ti_pr", "1E999999999" },
    };

    [Theory]
    [MemberData(nameof(Good))]
    public async Task Parameter_WithAGoodValue_FillsItsColumn(string parameter, string value, string column, string expected)
    {
        EventFields.TryParse(column, out var field).ShouldBeTrue();
        var outcome = await _harness.ProcessAsync(Harness.Get($"e=pv&p=web&tv=t&{parameter}={value}"));
        (outcome.Event.Text(field) ?? "").ShouldBe(expected);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Parameter_WithAWrongValue_IsAViolationOfTheAtomicSchema(string parameter, string value)
    {
        var outcome = await _harness.ProcessAsync(Harness.Get($"e=pv&p=web&tv=t&{parameter}={Uri.EscapeDataString(value)}"));
        outcome.BadRow.Type.ShouldBe("schema_violations");
        var message = outcome.BadRow.Failure.GetProperty("messages")[0];
        message.GetProperty("schemaKey").GetString().ShouldBe("iglu:com.snowplowanalytics.snowplow/atomic/jsonschema/1-0-0");
        var report = message.GetProperty("error").GetProperty("dataReports")[0];
        report.GetProperty("path").GetString().ShouldBe(parameter);
        report.GetProperty("keyword").GetString().ShouldBe("atomic_field_parse_error");
        var raw = outcome.BadRow.Payload.GetProperty("raw").GetProperty("parameters").EnumerateArray();
        raw.Single(p => p.GetProperty("name").GetString() == parameter).GetProperty("value").GetString().ShouldBe(value);
    }

    [Fact]
    public async Task Parameters_WithSeveralWrongValues_AreOneViolation()
    {
        var outcome = await _harness.ProcessAsync(Harness.Get("e=pv&p=x&tv=t&vid=y&cookie=z"));
        outcome.BadRow.Failure.GetProperty("messages").GetArrayLength().ShouldBe(1);
        outcome.BadRow.Failure.GetProperty("messages")[0].GetProperty("error").GetProperty("dataReports").EnumerateArray()
            .Select(report => report.GetProperty("path").GetString()).ShouldBe(["p", "vid", "cookie"]);
    }

    [Fact]
    public void Tables_ComparedWithTheParameterTable_CoverEveryParameterThatFillsAField()
    {
        var covered = Good.Select(row => (string)row[0]).Concat(["url", "co", "cx", "ue_pr", "ue_px"]);
        Snowplow.Enrich.Parameters.TrackerParameters.All
            .Where(p => p.Rule != Snowplow.Enrich.Parameters.ParameterRule.Ignored).Select(p => p.Name)
            .Except(covered).ShouldBeEmpty();
    }

    public void Dispose() => _harness.Dispose();
}
