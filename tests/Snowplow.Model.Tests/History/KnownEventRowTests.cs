using static Snowplow.Model.Tests.History.KnownHistory;

namespace Snowplow.Model.Tests.History;

/// <summary>As <see cref="KnownHistoryTests"/>, for what single events say.</summary>
public sealed class KnownEventRowTests
{
    [Fact]
    public void Conversions_AreListedWithTheirValues()
    {
        TestEvent Purchase(double second, object? total, string? status) => Web(second, "purchase") with
        {
            Told = TestEntity.Of("com.example/purchase", "1-0-0", ("total", total), ("status", status)),
        };
        var history = new KnownHistory(
            Purchase(3, 0.1, null), Purchase(1, 0.2, "paid"), Purchase(2, 100, "test"), Purchase(4, 1.23456789, null), Web(5) with { Path = "/welcome" });
        history.Row("sessions", "visit", """
            {"cv__all_volume": 4, "cv__all_total": 6.534568, "cv_purchase_volume": 3, "cv_purchase_total": 1.534568, "cv_purchase_values": [0.2, 0.1, 1.234568],
             "cv_purchase_events": ["00000000-0000-4000-8000-000000001000", "00000000-0000-4000-8000-000000003000", "00000000-0000-4000-8000-000000004000"],
             "cv_purchase_first_conversion": "2026-03-01T12:00:01.000Z", "cv_purchase_converted": true, "cv_signup_volume": 1, "cv_signup_total": 5,
             "cv_signup_events": null, "cv_signup_first_conversion": "2026-03-01T12:00:05.000Z", "is_engaged": true}
            """);
        history.WholeRow("conversions", "00000000-0000-4000-8000-000000004000:purchase", """
            {"event_id": "00000000-0000-4000-8000-000000004000", "event_name": "purchase", "derived_tstamp": "2026-03-01T12:00:04.000Z",
             "dvce_created_tstamp": "2026-03-01T12:00:04.000Z", "collector_tstamp": "2026-03-01T12:00:04.000Z", "session_key": "s:visit",
             "session_identifier": "visit", "user_key": "d:duid", "user_identifier": "duid", "cv_id": "00000000-0000-4000-8000-000000004000:purchase",
             "cv_type": "purchase", "cv_value": 1.234568, "cv_tstamp": "2026-03-01T12:00:04.000Z", "content_group": "rest", "default_channel_group": "Direct",
             "app_id": "shop", "platform": "web", "device_identifier": "duid", "device_category": "Web", "model_version": 7}
            """);
    }

    [Fact]
    public void WebVitals_AreRoundedUpAndJudged()
    {
        var history = new KnownHistory(Web(0, "web_vitals") with
        {
            Told = TestEntity.Of("com.snowplowanalytics.snowplow/web_vitals", "1-0-0",
                ("lcp", 2500.2), ("fcp", 812.12345), ("fid", 300), ("cls", 0.1), ("inp", 500.0001), ("navigationType", "reload")),
        });
        history.Row("web_vitals", "00000000-0000-4000-8000-000000000000", """
            {"lcp": 2.501, "fcp": 812.124, "fid": 300, "cls": 0.1, "inp": 500.001, "ttfb": null, "navigation_type": "reload", "lcp_result": "needs improvement",
             "fid_result": "needs improvement", "cls_result": "good", "inp_result": "poor", "ttfb_result": "not measurable"}
            """);
    }

    [Fact]
    public void AppErrors_HaveWhatTheEventSays()
    {
        var history = new KnownHistory(
            Web(0, "application_error") with
            {
                Told = TestEntity.Of("com.snowplowanalytics.snowplow/application_error", "1-0-2",
                    ("message", "a\t\"b\" ü"), ("isFatal", true), ("lineNumber", 7), ("threadId", 12L), ("stackTrace", "x\ny")),
            },
            Web(1, "application_error") with { Told = TestEntity.Of("com.snowplowanalytics.snowplow/application_error", "1-0-2") });
        history.Row("app_errors", "00000000-0000-4000-8000-000000000000", """
            {"message": "a\t\"b\" ü", "is_fatal": true, "line_number": 7, "line_column": null, "thread_id": 12, "stack_trace": "x\ny"}
            """);
        history.Row("app_errors", "00000000-0000-4000-8000-000000001000", """{"message": null, "is_fatal": false}""");
        history.Row("sessions", "visit", """{"app_errors": 2, "fatal_app_errors": 1}""");
    }

    [Fact]
    public void Consent_IsLoggedAndTheLastChoiceKept()
    {
        TestEvent Choice(double second, string type, string version) => Web(second, "consent_preferences") with
        {
            Country = "DE",
            Told = TestEntity.Of("com.snowplowanalytics.snowplow/consent_preferences", "1-0-0",
                ("eventType", type), ("basisForProcessing", "consent"), ("consentVersion", version), ("consentScopes", new[] { "a", "b" }), ("gdprApplies", true)),
        };
        var history = new KnownHistory(
            Choice(20, "deny_all", "2"), Choice(10, "allow_all", "1"),
            Web(5, "cmp_visible") with { Told = TestEntity.Of("com.snowplowanalytics.snowplow/cmp_visible", "1-0-0", ("elapsedTime", 1.5)) });
        history.WholeRow("consent_users", "d:duid", """
            {"user_key": "d:duid", "user_identifier": "duid", "geo_country": "DE", "cmp_events": 1, "consent_events": 2,
             "last_cmp_event_tstamp": "2026-03-01T12:00:05.000Z", "last_consent_event_tstamp": "2026-03-01T12:00:20.000Z",
             "last_consent_event_type": "deny_all", "last_consent_scopes": ["a", "b"], "last_consent_version": "2", "last_processing_basis": "consent"}
            """);
        history.Row("consent_log", "00000000-0000-4000-8000-000000005000", """{"event_type": null, "cmp_load_time": 1.5, "gdpr_applies": null}""");
        history.Row("consent_log", "00000000-0000-4000-8000-000000010000", """{"event_type": "allow_all", "consent_scopes": ["a", "b"], "gdpr_applies": true}""");
    }
}
