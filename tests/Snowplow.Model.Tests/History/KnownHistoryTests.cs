using Snowplow.Events.Enriched;
using static Snowplow.Model.Tests.History.KnownHistory;

namespace Snowplow.Model.Tests.History;

/// <summary>Rows typed by hand from the columns' documents, so that the oracle and the grains cannot share a misreading.</summary>
public sealed class KnownHistoryTests
{
    private const string Zeros = "00000000-0000-0000-0000-000000000000";

    [Fact]
    public void Session_OfTwoPages_IsKnownInAllItsColumns()
    {
        var first = (Web(0, view: "a") with
        {
            DomainSessionidx = 3, Title = "Hilfe", Url = "https://shop.example/help?x=1#top", Host = "shop.example", Path = "/help",
            Referrer = "https://www.google.de/", RefrMedium = "search", Country = "DE", Useragent = "Mozilla/5.0 (X11; Linux)",
        }).Also(
            (EventField.PageUrlscheme, "https"), (EventField.PageUrlquery, "x=1"), (EventField.PageUrlfragment, "top"),
            (EventField.RefrUrlhost, "www.google.de"), (EventField.GeoCity, "Berlin"), (EventField.DvceScreenwidth, "800"), (EventField.DvceScreenheight, "600"));
        var history = new KnownHistory(
            first, Web(11, "page_ping", "a"), Web(12, "page_ping", "a"), Web(25, "page_ping", "a"),
            Web(60.5, view: "b") with { Path = "/p/1", UserId = "ann", Platform = null, AppId = null }, Web(75.4, "link_click"));
        history.Has("sessions", "visit");
        history.WholeRow("sessions", "visit", """
            {
              "session_identifier": "visit", "session_key": "s:visit", "user_key": "d:duid", "user_identifier": "duid", "user_id": "ann",
              "domain_userid": "duid", "device_session_index": 3, "is_server_cut": false,
              "start_tstamp": "2026-03-01T12:00:00.000Z", "end_tstamp": "2026-03-01T12:01:15.400Z",
              "views": 2, "page_views": 2, "total_events": 6, "event_counts": {"page_view": 2, "page_ping": 3, "link_click": 1},
              "engaged_time_in_s": 15, "absolute_time_in_s": 75, "is_engaged": true, "is_bounce": false, "app_errors": 0, "fatal_app_errors": 0,
              "app_id": "shop", "platform": "web", "device_identifier": "duid", "first_event_name": "page_view", "last_event_name": "page_view",
              "first_page_title": "Hilfe", "first_page_url": "https://shop.example/help?x=1#top", "first_page_urlscheme": "https",
              "first_page_urlhost": "shop.example", "first_page_urlpath": "/help", "first_page_urlquery": "x=1", "first_page_urlfragment": "top",
              "first_content_group": "help", "last_page_urlpath": "/p/1", "last_content_group": "product", "default_channel_group": "Search",
              "page_referrer": "https://www.google.de/", "refr_urlhost": "www.google.de", "refr_medium": "search",
              "first_geo_country": "DE", "first_geo_city": "Berlin", "device_category": "Desktop", "screen_resolution": "800x600",
              "useragent": "Mozilla/5.0 (X11; Linux)", "cv__all_volume": 0, "cv__all_total": 0, "cv_purchase_volume": 0,
              "cv_purchase_events": [], "cv_purchase_values": [], "cv_purchase_total": 0, "cv_purchase_converted": false,
              "cv_signup_volume": 0, "cv_signup_total": 0, "cv_signup_converted": false, "model_version": 7
            }
            """);
    }

    [Fact]
    public void View_WithPings_IsKnownInAllItsColumns()
    {
        var page = (Web(1, view: "a") with { DomainSessionidx = 3, Url = "https://shop.example/p/1" })
            .Also((EventField.DocWidth, "1000"), (EventField.DocHeight, "3000"), (EventField.BrViewwidth, "900"));
        var history = new KnownHistory(
            page,
            Web(2, view: "a") with { Url = "https://shop.example/again" },
            Web(12, "page_ping", "a").Also(
                (EventField.PpXoffsetMax, "-3"), (EventField.PpYoffsetMax, "1000"), (EventField.DocHeight, "3000"), (EventField.BrViewheight, "501")),
            Web(31.2, "page_ping", "a").Also((EventField.PpYoffsetMax, "1999"), (EventField.DocHeight, "2000"), (EventField.DocWidth, "1000")),
            Web(70, "link_click", "a"),
            Web(80, view: "b"));
        history.Has("views", "s:visit|a", "s:visit|b");
        history.WholeRow("views", "s:visit|a", """
            {
              "view_id": "a", "session_key": "s:visit", "session_identifier": "visit", "user_key": "d:duid", "user_identifier": "duid",
              "device_session_index": 3, "view_in_session_index": 1, "views_in_session": 2,
              "derived_tstamp": "2026-03-01T12:00:01.000Z", "dvce_created_tstamp": "2026-03-01T12:00:01.000Z",
              "collector_tstamp": "2026-03-01T12:00:01.000Z", "start_tstamp": "2026-03-01T12:00:01.000Z", "end_tstamp": "2026-03-01T12:00:31.200Z",
              "engaged_time_in_s": 15, "absolute_time_in_s": 30, "horizontal_pixels_scrolled": 0, "vertical_pixels_scrolled": 1999,
              "horizontal_percentage_scrolled": 90, "vertical_percentage_scrolled": 83,
              "doc_width": 1000, "doc_height": 3000, "br_viewwidth": 900, "br_viewheight": 501,
              "event_name": "page_view", "event_id": "00000000-0000-4000-8000-000000001000", "page_url": "https://shop.example/p/1",
              "content_group": "rest", "default_channel_group": "Direct", "app_id": "shop", "platform": "web", "device_identifier": "duid",
              "device_category": "Web", "model_version": 7
            }
            """);
        history.Row("views", "s:visit|b", """
            {"view_in_session_index": 2, "views_in_session": 2, "engaged_time_in_s": 0, "vertical_percentage_scrolled": null}
            """);
    }

    [Fact]
    public void Tab_OpenOverTheSessionsEnd_IsAViewOfTheFirstSessionOnly()
    {
        var next = new[] { Web(4000, "page_ping", "a"), Web(4011, "page_ping", "a") }.Select(e => e with { DomainSessionid = "next" }).ToArray();
        var history = new KnownHistory(Web(0, view: "a"), Web(10, "page_ping", "a"), next[0], next[1]);
        history.Has("views", "s:visit|a");
        history.Row("views", "s:visit|a", """{"engaged_time_in_s": 5, "absolute_time_in_s": 10}""");
        history.Row("sessions", "next", """
            {"start_tstamp": "2026-03-01T13:06:35.000Z", "absolute_time_in_s": 16, "views": 1, "engaged_time_in_s": 15, "first_event_name": "page_ping",
             "last_event_name": "page_ping", "page_views": 0, "is_engaged": false, "is_bounce": true}
            """);
    }

    [Fact]
    public void ServerCutSessions_AreCutBeyondThirtyMinutes()
    {
        var history = new KnownHistory(
            [.. new[] { At(0), At(1800), At(3600.001) with { WebPageId = "a" }, At(9000) with { WebPageId = "a" } }.Select(e => e with { NetworkUserid = "nuid" })]);
        history.Has("sessions", "n:nuid~20260301T120000000Z", "n:nuid~20260301T130000001Z", "n:nuid~20260301T143000000Z");
        history.Row("sessions", "n:nuid~20260301T120000000Z", """
            {"is_server_cut": true, "session_key": "n:nuid", "total_events": 2, "views": 2, "session__previous_session_id": null}
            """);
        history.Row("sessions", "n:nuid~20260301T130000001Z", """
            {"session__previous_session_id": "n:nuid~20260301T120000000Z", "absolute_time_in_s": 0}
            """);
        history.Row("views", "n:nuid|a", """{"session_identifier": "n:nuid~20260301T130000001Z", "view_in_session_index": 1, "views_in_session": 1}""");
        history.Row("users", "n:nuid", """
            {"sessions": 3, "active_days": 1, "views": 4, "absolute_time_in_s": 1800, "network_userids": ["nuid"], "device_identifiers": []}
            """);
    }

    [Fact]
    public void Copies_CountOnceAsTheEarliest_ButTheirContentTakesPart()
    {
        var e = Web(100) with { Path = "/p/1" };
        var history = new KnownHistory(
            e, e with { Time = e.Time.AddSeconds(50), Path = "/welcome" }, e with { Name = "link_click", Time = e.Time.AddSeconds(60), Path = "/x" });
        history.Row("sessions", "visit", """
            {"total_events": 2, "page_views": 1, "event_counts": {"page_view": 1, "link_click": 1}, "views": 1, "last_page_urlpath": "/welcome",
             "end_tstamp": "2026-03-01T12:02:40.000Z", "cv_signup_volume": 0}
            """);
        history.Has("conversions", "00000000-0000-4000-8000-000000100000:signup");
        history.Row("conversions", "00000000-0000-4000-8000-000000100000:signup", """{"cv_tstamp": "2026-03-01T12:02:30.000Z", "cv_value": 5, "cv_type": "signup"}""");
    }

    [Fact]
    public void Bots_AreInTablesOfEventsOnly()
    {
        var bot = Web(0) with { Useragent = "Googlebot/2.1", Path = "/welcome" };
        var history = new KnownHistory(bot, Web(10) with { Path = "/p/2" });
        history.Row("sessions", "visit", """{"start_tstamp": "2026-03-01T12:00:10.000Z", "total_events": 1, "cv__all_volume": 0}""");
        history.Row("users", "d:duid", """{"total_events": 1, "start_tstamp": "2026-03-01T12:00:10.000Z"}""");
        history.Has("conversions", bot.Id + ":signup");
    }

    [Fact]
    public void Users_AreKeyedByTheBestIdAndNotAtAllWhereAnonymous()
    {
        var history = new KnownHistory(
            At(0) with { DomainUserid = "duid", NetworkUserid = "nuid", UserId = "ann", ClientUserId = "phone" },
            At(1) with { DomainUserid = "duid", NetworkUserid = "nuid", UserId = "ann" },
            At(2) with { DomainUserid = Zeros, NetworkUserid = "nuid", UserId = "ann" },
            At(3) with { UserId = "ann", Ip = "203.0.113.9" },
            At(4) with { Ip = "203.0.113.9", Useragent = "curl/8" },
            At(5) with { Ip = "203.0.113.9", NetworkUserid = Zeros },
            At(6) with { Ip = "unknown" });
        history.Has("users", "d:phone", "d:duid", "n:nuid", "u:ann", "h:e1d5e87bfe1f595fe1d9f8dbc95ba6a9");
    }

    [Fact]
    public void User_OfTwoLoginsAndACookie_IsKnown()
    {
        var day = 24 * 3600;
        var history = new KnownHistory(
            Web(0, view: "a") with { UserId = "ann", NetworkUserid = "n1", Medium = "cpc", Source = "x" },
            Web(5, "application_error") with
            {
                UserId = "bob",
                NetworkUserid = "n2",
                Told = TestEntity.Of("com.snowplowanalytics.snowplow/application_error", "1-0-2"),
            },
            Web(6, "screen_view") with { NetworkUserid = "n1", Platform = "mob" },
            Web(day, view: "b") with { DomainSessionid = "second", Medium = "email", DomainSessionidx = 2 });
        history.Row("users", "d:duid", """
            {
              "user_id": "bob", "user_ids": ["bob", "ann"], "network_userids": ["n1", "n2"], "device_identifiers": ["duid"], "stitched_user_id": "bob",
              "start_tstamp": "2026-03-01T12:00:00.000Z", "end_tstamp": "2026-03-02T12:00:00.000Z", "on_web": true, "on_mobile": true,
              "sessions": 2, "active_days": 2, "views": 3, "engaged_time_in_s": 0, "absolute_time_in_s": 6, "app_errors": 1, "fatal_app_errors": 0,
              "page_views": 2, "total_events": 4, "mkt_medium": "cpc", "mkt_source": "x", "last_mkt_medium": "email", "last_mkt_source": null,
              "last_default_channel_group": "Email", "default_channel_group": "Paid",
              "session_list": [
                {"session_identifier": "visit", "session_index": 1, "start_tstamp": "2026-03-01T12:00:00.000Z", "end_tstamp": "2026-03-01T12:00:06.000Z",
                 "is_server_cut": false, "mkt_medium": "cpc", "mkt_source": "x", "default_channel_group": "Paid", "views": 2, "engaged_time_in_s": 0,
                 "absolute_time_in_s": 6, "app_errors": 1, "fatal_app_errors": 0},
                {"session_identifier": "second", "session_index": 2, "device_session_index": 2, "start_tstamp": "2026-03-02T12:00:00.000Z",
                 "end_tstamp": "2026-03-02T12:00:00.000Z", "is_server_cut": false, "mkt_medium": "email", "default_channel_group": "Email", "views": 1,
                 "engaged_time_in_s": 0, "absolute_time_in_s": 0, "app_errors": 0, "fatal_app_errors": 0}
              ]
            }
            """);
        history.WholeRow("user_mapping", "d:duid", """
            {"user_key": "d:duid", "user_identifier": "duid", "user_id": "bob", "end_tstamp": "2026-03-01T12:00:05.000Z"}
            """);
    }

    [Fact]
    public void Session_WhoseCookieIsCleared_IsTheFirstUsers()
    {
        var history = new KnownHistory(
            Web(0) with { DomainUserid = null, NetworkUserid = Zeros }, Web(10) with { DomainUserid = "old" }, Web(20, view: "b") with { DomainUserid = "new" });
        history.Row("sessions", "visit", """{"user_key": "d:old", "domain_userid": "old", "network_userid": null, "total_events": 3}""");
        history.Row("views", "s:visit|b", """{"user_key": "d:old", "device_identifier": "new"}""");
        history.Row("users", "d:old", """{"sessions": 1, "views": 3, "total_events": 1}""");
        history.Row("users", "d:new", """{"sessions": 0, "views": 0, "total_events": 1, "session_list": []}""");
    }

    [Fact]
    public void Screen_WithSummaries_IsKnown()
    {
        var session = TestEntity.Of("com.snowplowanalytics.snowplow/client_session", "1-0-2",
            ("userId", "phone"), ("sessionId", "visit"), ("sessionIndex", 4), ("previousSessionId", "before"));
        var screen = TestEntity.Of("com.snowplowanalytics.mobile/screen", "1-0-0", ("id", "s1"), ("name", "Basket"), ("type", "tab"));
        TestEvent Summary(double second, params (string, object?)[] members) => At(second, "screen_end") with
        {
            Platform = "mob",
            Entities = [session, screen, TestEntity.Of("com.snowplowanalytics.mobile/screen_summary", "1-0-0", members)],
        };
        var history = new KnownHistory(
            At(0, "screen_view") with
            {
                Platform = "mob",
                Entities = [session],
                Told = TestEntity.Of("com.snowplowanalytics.mobile/screen_view", "1-0-0",
                    ("id", "s1"), ("name", "Start"), ("previousId", "s0"), ("previousName", "Login")),
            },
            Summary(20, ("foreground_sec", 12.9), ("background_sec", 3.5), ("last_item_index", 4), ("items_count", 30), ("max_y_offset", 500), ("content_height", 1600)),
            Summary(40, ("foreground_sec", 30.7), ("last_item_index", 2), ("items_count", 10)));
        history.Row("views", "s:visit|s1", """
            {"engaged_time_in_s": 30, "absolute_time_in_s": 34, "end_tstamp": "2026-03-01T12:00:40.000Z", "vertical_pixels_scrolled": 500,
             "vertical_percentage_scrolled": 31, "horizontal_percentage_scrolled": null, "last_list_item_index": 4, "list_items_count": 30,
             "list_items_percentage_scrolled": 17, "screen_view__name": "Start", "screen_view__type": null, "screen_view__previous_id": "s0",
             "screen_view__previous_name": "Login", "device_session_index": 4, "device_category": "Mobile/Tablet", "device_identifier": "phone"}
            """);
        history.Row("sessions", "visit", """
            {"session__previous_session_id": "before", "device_session_index": 4, "engaged_time_in_s": 30, "is_engaged": true, "views": 1,
             "first_screen_view__name": "Start", "last_screen_view__name": "Start", "user_key": "d:phone"}
            """);
    }
}
