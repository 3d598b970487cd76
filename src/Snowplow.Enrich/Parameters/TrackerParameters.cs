using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using Snowplow.Events.Enriched;
using static Snowplow.Enrich.Parameters.ParameterRule;
using static Snowplow.Events.Enriched.EventField;

namespace Snowplow.Enrich.Parameters;

/// <summary>
/// The tracker protocol: every parameter, how it is read, where it goes and since when POST bodies may hold it. Where several
/// rows fill one field, the last one that an event has wins.
/// </summary>
internal static class TrackerParameters
{
    /// <summary>The newest version 1-0-N of <c>payload_data</c> known here.</summary>
    public const int NewestAddition = 4;

    /// <summary>What <see cref="Find"/> returns for a parameter that is not in the table.</summary>
    public const int Unknown = -1;

    private const int MaxNameLength = 8;

    /// <summary>The table.</summary>
    public static readonly ImmutableArray<TrackerParameter> All =
    [
        new("e", EventType, Event, 0),
        new("eid", Uuid, EventField.EventId, 0),
        new("tid", Integer, TxnId, 0),
        new("aid", Text, AppId, 0),
        new("p", ParameterRule.Platform, EventField.Platform, 0),
        new("tna", Text, NameTracker, 0),
        new("tv", Text, VTracker, 0),
        new("cv", Text, VCollector, null),
        new("uid", Text, UserId, 0),
        new("duid", Text, DomainUserid, 0),
        new("nuid", Text, NetworkUserid, 0),
        new("tnuid", Text, NetworkUserid, 2),
        new("sid", Uuid, DomainSessionid, 3),
        new("vid", Integer, DomainSessionidx, 0),
        new("fp", Text, UserFingerprint, 0),
        new("ip", IpAddress, UserIpaddress, 0),
        new("ua", Text, Useragent, 1),
        new("dtm", Timestamp, DvceCreatedTstamp, 0),
        new("stm", Timestamp, DvceSentTstamp, 3),
        new("ttm", Timestamp, TrueTstamp, 4),
        new("url", Text, PageUrl, 0),
        new("page", Text, PageTitle, 0),
        new("refr", Text, PageReferrer, 0),
        new("lang", Text, BrLang, 0),
        new("cookie", Flag, BrCookies, 0),
        new("f_pdf", Flag, BrFeaturesPdf, 0),
        new("f_qt", Flag, BrFeaturesQuicktime, 0),
        new("f_realp", Flag, BrFeaturesRealplayer, 0),
        new("f_wma", Flag, BrFeaturesWindowsmedia, 0),
        new("f_dir", Flag, BrFeaturesDirector, 0),
        new("f_fla", Flag, BrFeaturesFlash, 0),
        new("f_java", Flag, BrFeaturesJava, 0),
        new("f_gears", Flag, BrFeaturesGears, 0),
        new("f_ag", Flag, BrFeaturesSilverlight, 0),
        new("cd", Text, BrColordepth, 0),
        new("vp", Dimensions, BrViewwidth, 0),
        new("res", Dimensions, DvceScreenwidth, 0),
        new("ds", Dimensions, DocWidth, 0),
        new("cs", Text, DocCharset, 0),
        new("tz", Text, OsTimezone, 0),
        new("pp_mix", Integer, PpXoffsetMin, 0),
        new("pp_max", Integer, PpXoffsetMax, 0),
        new("pp_miy", Integer, PpYoffsetMin, 0),
        new("pp_may", Integer, PpYoffsetMax, 0),
        new("ev_ca", Text, SeCategory, null),
        new("ev_ac", Text, SeAction, null),
        new("ev_la", Text, SeLabel, null),
        new("ev_pr", Text, SeProperty, null),
        new("ev_va", ParameterRule.Decimal, SeValue, null),
        new("se_ca", Text, SeCategory, 0),
        new("se_ac", Text, SeAction, 0),
        new("se_la", Text, SeLabel, 0),
        new("se_pr", Text, SeProperty, 0),
        new("se_va", ParameterRule.Decimal, SeValue, 0),
        new("tr_id", Text, TrOrderid, 0),
        new("tr_af", Text, TrAffiliation, 0),
        new("tr_tt", ParameterRule.Decimal, TrTotal, 0),
        new("tr_tx", ParameterRule.Decimal, TrTax, 0),
        new("tr_sh", ParameterRule.Decimal, TrShipping, 0),
        new("tr_ci", Text, TrCity, 0),
        new("tr_st", Text, TrState, 0),
        new("tr_co", Text, TrCountry, 0),
        new("tr_cu", Text, TrCurrency, 0),
        new("ti_id", Text, TiOrderid, 0),
        new("ti_sk", Text, TiSku, 0),
        new("ti_na", Text, TiName, 0),
        new("ti_nm", Text, TiName, 0),
        new("ti_ca", Text, TiCategory, 0),
        new("ti_pr", ParameterRule.Decimal, TiPrice, 0),
        new("ti_qu", Integer, TiQuantity, 0),
        new("ti_cu", Text, TiCurrency, 0),
        new("co", Json, Contexts, 0),
        new("cx", Base64Json, Contexts, 0),
        new("ue_pr", Json, UnstructEvent, 0),
        new("ue_px", Base64Json, UnstructEvent, 0),
        new("ue_na", Ignored, default, 0),
        new("ctype", Ignored, default, 0),
        new("mac", Ignored, default, 0),
        new("ad_ba", Ignored, default, 0),
        new("ad_ca", Ignored, default, 0),
        new("ad_ad", Ignored, default, 0),
        new("ad_uid", Ignored, default, 0),
        new("sa", Ignored, default, 0),
        new("sn", Ignored, default, 0),
        new("st", Ignored, default, 0),
        new("sp", Ignored, default, 0),
    ];

    private static readonly FrozenDictionary<ulong, int> IndexByPackedName =
        All.Select((parameter, index) => (Key: Pack(Encoding.ASCII.GetBytes(parameter.Name)), index)).ToFrozenDictionary(p => p.Key, p => p.index);

    /// <summary>The parameter's index in <see cref="All"/>, or <see cref="Unknown"/>.</summary>
    public static int Find(ReadOnlySpan<byte> name) =>
        name.Length <= MaxNameLength && IndexByPackedName.TryGetValue(Pack(name), out var index) ? index : Unknown;

    /// <summary>The index of a parameter that the table certainly has.</summary>
    public static int IndexOf(string name) => Find(Encoding.ASCII.GetBytes(name)) is var index and not Unknown
        ? index
        : throw new ArgumentException($"The tracker protocol has no parameter '{name}'.", nameof(name));

    // Names are at most eight bytes, so one integer stands for a name. A trailing NUL in a name would pack like none; no
    // parameter has one, and such a name must not pass for its prefix.
    private static ulong Pack(ReadOnlySpan<byte> name)
    {
        ulong packed = 0;
        foreach (var b in name) packed = (packed << 8) | (b == 0 ? 0xFFul : b);
        return packed;
    }
}
