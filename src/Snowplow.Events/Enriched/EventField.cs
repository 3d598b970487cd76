namespace Snowplow.Events.Enriched;

/// <summary>
/// The 131 fields of Snowplow's canonical enriched event, in the order of their columns in the enriched TSV.
/// The numeric value is the 0-based column (Snowplow: <c>EnrichedEvent</c>, atomic schema 1-0-0).
/// </summary>
public enum EventField
{
    /// <summary><c>app_id</c>: string, at most 255 characters; tracker parameter <c>aid</c>.</summary>
    AppId = 0,

    /// <summary><c>platform</c>: string, at most 255 characters; tracker parameter <c>p</c>.</summary>
    Platform = 1,

    /// <summary><c>etl_tstamp</c>: timestamp.</summary>
    EtlTstamp = 2,

    /// <summary><c>collector_tstamp</c>: timestamp.</summary>
    CollectorTstamp = 3,

    /// <summary><c>dvce_created_tstamp</c>: timestamp; tracker parameter <c>dtm</c>.</summary>
    DvceCreatedTstamp = 4,

    /// <summary><c>event</c>: string, at most 128 characters; tracker parameter <c>e</c>.</summary>
    Event = 5,

    /// <summary><c>event_id</c>: string, at most 36 characters; tracker parameter <c>eid</c>.</summary>
    EventId = 6,

    /// <summary><c>txn_id</c>: 32-bit integer; tracker parameter <c>tid</c>.</summary>
    TxnId = 7,

    /// <summary><c>name_tracker</c>: string, at most 128 characters; tracker parameter <c>tna</c>.</summary>
    NameTracker = 8,

    /// <summary><c>v_tracker</c>: string, at most 100 characters; tracker parameter <c>tv</c>.</summary>
    VTracker = 9,

    /// <summary><c>v_collector</c>: string, at most 100 characters; tracker parameter <c>cv</c>.</summary>
    VCollector = 10,

    /// <summary><c>v_etl</c>: string, at most 100 characters.</summary>
    VEtl = 11,

    /// <summary><c>user_id</c>: string, at most 255 characters; tracker parameter <c>uid</c>.</summary>
    UserId = 12,

    /// <summary><c>user_ipaddress</c>: string, at most 128 characters; tracker parameter <c>ip</c>.</summary>
    UserIpaddress = 13,

    /// <summary><c>user_fingerprint</c>: string, at most 128 characters; tracker parameter <c>fp</c>.</summary>
    UserFingerprint = 14,

    /// <summary><c>domain_userid</c>: string, at most 128 characters; tracker parameter <c>duid</c>.</summary>
    DomainUserid = 15,

    /// <summary><c>domain_sessionidx</c>: 32-bit integer; tracker parameter <c>vid</c>.</summary>
    DomainSessionidx = 16,

    /// <summary><c>network_userid</c>: string, at most 128 characters; tracker parameter <c>tnuid</c> before <c>nuid</c>.</summary>
    NetworkUserid = 17,

    /// <summary><c>geo_country</c>: string, at most 2 characters.</summary>
    GeoCountry = 18,

    /// <summary><c>geo_region</c>: string, at most 3 characters.</summary>
    GeoRegion = 19,

    /// <summary><c>geo_city</c>: string, at most 75 characters.</summary>
    GeoCity = 20,

    /// <summary><c>geo_zipcode</c>: string, at most 15 characters.</summary>
    GeoZipcode = 21,

    /// <summary><c>geo_latitude</c>: 32-bit floating point.</summary>
    GeoLatitude = 22,

    /// <summary><c>geo_longitude</c>: 32-bit floating point.</summary>
    GeoLongitude = 23,

    /// <summary><c>geo_region_name</c>: string, at most 100 characters.</summary>
    GeoRegionName = 24,

    /// <summary><c>ip_isp</c>: string, at most 100 characters.</summary>
    IpIsp = 25,

    /// <summary><c>ip_organization</c>: string, at most 128 characters.</summary>
    IpOrganization = 26,

    /// <summary><c>ip_domain</c>: string, at most 128 characters.</summary>
    IpDomain = 27,

    /// <summary><c>ip_netspeed</c>: string, at most 100 characters.</summary>
    IpNetspeed = 28,

    /// <summary><c>page_url</c>: string, at most 10000 characters; tracker parameter <c>url</c>.</summary>
    PageUrl = 29,

    /// <summary><c>page_title</c>: string, at most 2000 characters; tracker parameter <c>page</c>.</summary>
    PageTitle = 30,

    /// <summary><c>page_referrer</c>: string, at most 10000 characters; tracker parameter <c>refr</c>.</summary>
    PageReferrer = 31,

    /// <summary><c>page_urlscheme</c>: string, at most 16 characters.</summary>
    PageUrlscheme = 32,

    /// <summary><c>page_urlhost</c>: string, at most 255 characters.</summary>
    PageUrlhost = 33,

    /// <summary><c>page_urlport</c>: 32-bit integer.</summary>
    PageUrlport = 34,

    /// <summary><c>page_urlpath</c>: string, at most 3000 characters.</summary>
    PageUrlpath = 35,

    /// <summary><c>page_urlquery</c>: string, at most 6000 characters.</summary>
    PageUrlquery = 36,

    /// <summary><c>page_urlfragment</c>: string, at most 3000 characters.</summary>
    PageUrlfragment = 37,

    /// <summary><c>refr_urlscheme</c>: string, at most 16 characters.</summary>
    RefrUrlscheme = 38,

    /// <summary><c>refr_urlhost</c>: string, at most 255 characters.</summary>
    RefrUrlhost = 39,

    /// <summary><c>refr_urlport</c>: 32-bit integer.</summary>
    RefrUrlport = 40,

    /// <summary><c>refr_urlpath</c>: string, at most 6000 characters.</summary>
    RefrUrlpath = 41,

    /// <summary><c>refr_urlquery</c>: string, at most 6000 characters.</summary>
    RefrUrlquery = 42,

    /// <summary><c>refr_urlfragment</c>: string, at most 3000 characters.</summary>
    RefrUrlfragment = 43,

    /// <summary><c>refr_medium</c>: string, at most 25 characters.</summary>
    RefrMedium = 44,

    /// <summary><c>refr_source</c>: string, at most 50 characters.</summary>
    RefrSource = 45,

    /// <summary><c>refr_term</c>: string, at most 255 characters.</summary>
    RefrTerm = 46,

    /// <summary><c>mkt_medium</c>: string, at most 255 characters.</summary>
    MktMedium = 47,

    /// <summary><c>mkt_source</c>: string, at most 255 characters.</summary>
    MktSource = 48,

    /// <summary><c>mkt_term</c>: string, at most 255 characters.</summary>
    MktTerm = 49,

    /// <summary><c>mkt_content</c>: string, at most 500 characters.</summary>
    MktContent = 50,

    /// <summary><c>mkt_campaign</c>: string, at most 255 characters.</summary>
    MktCampaign = 51,

    /// <summary><c>contexts</c>: self-describing JSON.</summary>
    Contexts = 52,

    /// <summary><c>se_category</c>: string, at most 1000 characters; tracker parameter <c>ev_ca</c>, <c>se_ca</c>.</summary>
    SeCategory = 53,

    /// <summary><c>se_action</c>: string, at most 1000 characters; tracker parameter <c>ev_ac</c>, <c>se_ac</c>.</summary>
    SeAction = 54,

    /// <summary><c>se_label</c>: string, at most 4096 characters; tracker parameter <c>ev_la</c>, <c>se_la</c>.</summary>
    SeLabel = 55,

    /// <summary><c>se_property</c>: string, at most 1000 characters; tracker parameter <c>ev_pr</c>, <c>se_pr</c>.</summary>
    SeProperty = 56,

    /// <summary><c>se_value</c>: decimal; tracker parameter <c>ev_va</c>, <c>se_va</c>.</summary>
    SeValue = 57,

    /// <summary><c>unstruct_event</c>: self-describing JSON.</summary>
    UnstructEvent = 58,

    /// <summary><c>tr_orderid</c>: string, at most 255 characters; tracker parameter <c>tr_id</c>.</summary>
    TrOrderid = 59,

    /// <summary><c>tr_affiliation</c>: string, at most 255 characters; tracker parameter <c>tr_af</c>.</summary>
    TrAffiliation = 60,

    /// <summary><c>tr_total</c>: decimal; tracker parameter <c>tr_tt</c>.</summary>
    TrTotal = 61,

    /// <summary><c>tr_tax</c>: decimal; tracker parameter <c>tr_tx</c>.</summary>
    TrTax = 62,

    /// <summary><c>tr_shipping</c>: decimal; tracker parameter <c>tr_sh</c>.</summary>
    TrShipping = 63,

    /// <summary><c>tr_city</c>: string, at most 255 characters; tracker parameter <c>tr_ci</c>.</summary>
    TrCity = 64,

    /// <summary><c>tr_state</c>: string, at most 255 characters; tracker parameter <c>tr_st</c>.</summary>
    TrState = 65,

    /// <summary><c>tr_country</c>: string, at most 255 characters; tracker parameter <c>tr_co</c>.</summary>
    TrCountry = 66,

    /// <summary><c>ti_orderid</c>: string, at most 255 characters; tracker parameter <c>ti_id</c>.</summary>
    TiOrderid = 67,

    /// <summary><c>ti_sku</c>: string, at most 255 characters; tracker parameter <c>ti_sk</c>.</summary>
    TiSku = 68,

    /// <summary><c>ti_name</c>: string, at most 255 characters; tracker parameter <c>ti_na</c>, <c>ti_nm</c>.</summary>
    TiName = 69,

    /// <summary><c>ti_category</c>: string, at most 255 characters; tracker parameter <c>ti_ca</c>.</summary>
    TiCategory = 70,

    /// <summary><c>ti_price</c>: decimal; tracker parameter <c>ti_pr</c>.</summary>
    TiPrice = 71,

    /// <summary><c>ti_quantity</c>: 32-bit integer; tracker parameter <c>ti_qu</c>.</summary>
    TiQuantity = 72,

    /// <summary><c>pp_xoffset_min</c>: 32-bit integer; tracker parameter <c>pp_mix</c>.</summary>
    PpXoffsetMin = 73,

    /// <summary><c>pp_xoffset_max</c>: 32-bit integer; tracker parameter <c>pp_max</c>.</summary>
    PpXoffsetMax = 74,

    /// <summary><c>pp_yoffset_min</c>: 32-bit integer; tracker parameter <c>pp_miy</c>.</summary>
    PpYoffsetMin = 75,

    /// <summary><c>pp_yoffset_max</c>: 32-bit integer; tracker parameter <c>pp_may</c>.</summary>
    PpYoffsetMax = 76,

    /// <summary><c>useragent</c>: string, at most 1000 characters; tracker parameter <c>ua</c>.</summary>
    Useragent = 77,

    /// <summary><c>br_name</c>: string, at most 50 characters.</summary>
    BrName = 78,

    /// <summary><c>br_family</c>: string, at most 50 characters.</summary>
    BrFamily = 79,

    /// <summary><c>br_version</c>: string, at most 50 characters.</summary>
    BrVersion = 80,

    /// <summary><c>br_type</c>: string, at most 50 characters.</summary>
    BrType = 81,

    /// <summary><c>br_renderengine</c>: string, at most 50 characters.</summary>
    BrRenderengine = 82,

    /// <summary><c>br_lang</c>: string, at most 255 characters; tracker parameter <c>lang</c>.</summary>
    BrLang = 83,

    /// <summary><c>br_features_pdf</c>: <c>1</c> or <c>0</c>; tracker parameter <c>f_pdf</c>.</summary>
    BrFeaturesPdf = 84,

    /// <summary><c>br_features_flash</c>: <c>1</c> or <c>0</c>; tracker parameter <c>f_fla</c>.</summary>
    BrFeaturesFlash = 85,

    /// <summary><c>br_features_java</c>: <c>1</c> or <c>0</c>; tracker parameter <c>f_java</c>.</summary>
    BrFeaturesJava = 86,

    /// <summary><c>br_features_director</c>: <c>1</c> or <c>0</c>; tracker parameter <c>f_dir</c>.</summary>
    BrFeaturesDirector = 87,

    /// <summary><c>br_features_quicktime</c>: <c>1</c> or <c>0</c>; tracker parameter <c>f_qt</c>.</summary>
    BrFeaturesQuicktime = 88,

    /// <summary><c>br_features_realplayer</c>: <c>1</c> or <c>0</c>; tracker parameter <c>f_realp</c>.</summary>
    BrFeaturesRealplayer = 89,

    /// <summary><c>br_features_windowsmedia</c>: <c>1</c> or <c>0</c>; tracker parameter <c>f_wma</c>.</summary>
    BrFeaturesWindowsmedia = 90,

    /// <summary><c>br_features_gears</c>: <c>1</c> or <c>0</c>; tracker parameter <c>f_gears</c>.</summary>
    BrFeaturesGears = 91,

    /// <summary><c>br_features_silverlight</c>: <c>1</c> or <c>0</c>; tracker parameter <c>f_ag</c>.</summary>
    BrFeaturesSilverlight = 92,

    /// <summary><c>br_cookies</c>: <c>1</c> or <c>0</c>; tracker parameter <c>cookie</c>.</summary>
    BrCookies = 93,

    /// <summary><c>br_colordepth</c>: string, at most 12 characters; tracker parameter <c>cd</c>.</summary>
    BrColordepth = 94,

    /// <summary><c>br_viewwidth</c>: 32-bit integer; tracker parameter <c>vp</c>.</summary>
    BrViewwidth = 95,

    /// <summary><c>br_viewheight</c>: 32-bit integer; tracker parameter <c>vp</c>.</summary>
    BrViewheight = 96,

    /// <summary><c>os_name</c>: string, at most 50 characters.</summary>
    OsName = 97,

    /// <summary><c>os_family</c>: string, at most 50 characters.</summary>
    OsFamily = 98,

    /// <summary><c>os_manufacturer</c>: string, at most 50 characters.</summary>
    OsManufacturer = 99,

    /// <summary><c>os_timezone</c>: string, at most 255 characters; tracker parameter <c>tz</c>.</summary>
    OsTimezone = 100,

    /// <summary><c>dvce_type</c>: string, at most 50 characters.</summary>
    DvceType = 101,

    /// <summary><c>dvce_ismobile</c>: <c>1</c> or <c>0</c>.</summary>
    DvceIsmobile = 102,

    /// <summary><c>dvce_screenwidth</c>: 32-bit integer; tracker parameter <c>res</c>.</summary>
    DvceScreenwidth = 103,

    /// <summary><c>dvce_screenheight</c>: 32-bit integer; tracker parameter <c>res</c>.</summary>
    DvceScreenheight = 104,

    /// <summary><c>doc_charset</c>: string, at most 128 characters; tracker parameter <c>cs</c>.</summary>
    DocCharset = 105,

    /// <summary><c>doc_width</c>: 32-bit integer; tracker parameter <c>ds</c>.</summary>
    DocWidth = 106,

    /// <summary><c>doc_height</c>: 32-bit integer; tracker parameter <c>ds</c>.</summary>
    DocHeight = 107,

    /// <summary><c>tr_currency</c>: string, at most 3 characters; tracker parameter <c>tr_cu</c>.</summary>
    TrCurrency = 108,

    /// <summary><c>tr_total_base</c>: decimal.</summary>
    TrTotalBase = 109,

    /// <summary><c>tr_tax_base</c>: decimal.</summary>
    TrTaxBase = 110,

    /// <summary><c>tr_shipping_base</c>: decimal.</summary>
    TrShippingBase = 111,

    /// <summary><c>ti_currency</c>: string, at most 3 characters; tracker parameter <c>ti_cu</c>.</summary>
    TiCurrency = 112,

    /// <summary><c>ti_price_base</c>: decimal.</summary>
    TiPriceBase = 113,

    /// <summary><c>base_currency</c>: string, at most 3 characters.</summary>
    BaseCurrency = 114,

    /// <summary><c>geo_timezone</c>: string, at most 64 characters.</summary>
    GeoTimezone = 115,

    /// <summary><c>mkt_clickid</c>: string, at most 1000 characters.</summary>
    MktClickid = 116,

    /// <summary><c>mkt_network</c>: string, at most 64 characters.</summary>
    MktNetwork = 117,

    /// <summary><c>etl_tags</c>: string, at most 500 characters.</summary>
    EtlTags = 118,

    /// <summary><c>dvce_sent_tstamp</c>: timestamp; tracker parameter <c>stm</c>.</summary>
    DvceSentTstamp = 119,

    /// <summary><c>refr_domain_userid</c>: string, at most 128 characters.</summary>
    RefrDomainUserid = 120,

    /// <summary><c>refr_dvce_tstamp</c>: timestamp.</summary>
    RefrDvceTstamp = 121,

    /// <summary><c>derived_contexts</c>: self-describing JSON.</summary>
    DerivedContexts = 122,

    /// <summary><c>domain_sessionid</c>: string, at most 128 characters; tracker parameter <c>sid</c>.</summary>
    DomainSessionid = 123,

    /// <summary><c>derived_tstamp</c>: timestamp.</summary>
    DerivedTstamp = 124,

    /// <summary><c>event_vendor</c>: string, at most 1000 characters.</summary>
    EventVendor = 125,

    /// <summary><c>event_name</c>: string, at most 1000 characters.</summary>
    EventName = 126,

    /// <summary><c>event_format</c>: string, at most 128 characters.</summary>
    EventFormat = 127,

    /// <summary><c>event_version</c>: string, at most 128 characters.</summary>
    EventVersion = 128,

    /// <summary><c>event_fingerprint</c>: string, at most 128 characters.</summary>
    EventFingerprint = 129,

    /// <summary><c>true_tstamp</c>: timestamp; tracker parameter <c>ttm</c>.</summary>
    TrueTstamp = 130,
}
