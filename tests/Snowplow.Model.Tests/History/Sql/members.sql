-- Which events a session and a user have, and in which order; who was seen first and last. Bots are left out here.

-- Each event's session. Those of clients are what the client says; others are cut. No two events have the same time here.
CREATE TABLE uncut AS
SELECT
    line, session_key, derived, event_name IS 'page_ping' AS is_ping,
    CASE
        WHEN coalesce(mkt_source, mkt_medium, mkt_campaign, mkt_term, mkt_content, mkt_clickid) IS NOT NULL
        THEN json_array(mkt_source, mkt_medium, mkt_campaign, mkt_term, mkt_content, mkt_clickid)
    END AS campaign,
    row_number() OVER (PARTITION BY session_key ORDER BY derived, created, event_id) AS place
FROM event
WHERE NOT is_bot AND session_id IS NULL AND session_key IS NOT NULL AND NOT is_forgotten_by_session;

CREATE UNIQUE INDEX uncut_place ON uncut (session_key, place);

-- Event by event: where the session began that it would go on with, that one's campaign, and whether it begins another.
CREATE TABLE scan AS
WITH RECURSIVE scan AS (
    SELECT session_key, place, line, derived, campaign, derived AS open_start, NULL AS open_campaign, 1 AS begins
    FROM uncut
    WHERE place = 1
    UNION ALL
    SELECT
        next.session_key, next.place, next.line, next.derived, next.campaign,
        iif(scan.begins, scan.derived, scan.open_start),
        iif(scan.begins, scan.campaign, coalesce(scan.open_campaign, scan.campaign)),
        next.derived - scan.derived > inactivity_gap
            OR (midnight AND date(next.derived / 1000, 'unixepoch') > date(scan.derived / 1000, 'unixepoch'))
            OR coalesce(next.derived - iif(scan.begins, scan.derived, scan.open_start) > max_length, 0)
            OR (new_campaign AND NOT next.is_ping AND next.campaign IS NOT NULL
                AND next.campaign IS NOT iif(scan.begins, scan.campaign, coalesce(scan.open_campaign, scan.campaign)))
    FROM scan
    JOIN uncut AS next ON next.session_key = scan.session_key AND next.place = scan.place + 1
    CROSS JOIN cuts
)
SELECT line, session_key, iif(begins, derived, open_start) AS start FROM scan;

CREATE TABLE placed AS
SELECT line, session_key, session_key || '~' || strftime('%Y%m%dT%H%M%S', start / 1000, 'unixepoch') || printf('%03dZ', start % 1000) AS session_identifier
FROM scan
UNION ALL
SELECT line, session_key, session_id
FROM event
WHERE NOT is_bot AND session_id IS NOT NULL AND NOT is_forgotten_by_session;

-- kind: session or user. place: in the order of events, from 1. is_counted: whether the event is no copy of an earlier one
-- of the same grain.
CREATE TABLE member AS
SELECT
    'session' AS kind, session_identifier AS owner, line,
    row_number() OVER (PARTITION BY session_identifier ORDER BY derived, created, event_id) AS place,
    row_number() OVER (PARTITION BY event.session_key, event_id, event_name ORDER BY derived, created, event_id) = 1 AS is_counted
FROM placed JOIN event USING (line)
UNION ALL
SELECT
    'user', user_key, line,
    row_number() OVER (PARTITION BY user_key ORDER BY derived, created, event_id),
    row_number() OVER (PARTITION BY user_key, event_id, event_name ORDER BY derived, created, event_id) = 1
FROM event
WHERE NOT is_bot AND user_key IS NOT NULL AND NOT is_forgotten_by_user;

CREATE UNIQUE INDEX member_place ON member (kind, owner, place);

-- The entry and the exit of each session and user: TouchColumns.
CREATE TABLE touch AS
WITH ends AS (
    SELECT
        kind, owner,
        coalesce(min(place) FILTER (WHERE event_name IN ('page_view', 'page_ping', 'screen_view')), min(place)) AS entry_place,
        coalesce(max(place) FILTER (WHERE event_name IN ('page_view', 'screen_view')), max(place)) AS exit_place
    FROM member JOIN event USING (line)
    GROUP BY kind, owner
)
SELECT
    ends.kind, ends.owner,
    entry.session_key, entry.previous_session_id, entry.device_session_index,
    entry.app_id, entry.platform, entry.device_identifier,
    entry.event_name AS first_event_name, exit.event_name AS last_event_name,
    entry.page_title AS first_page_title, entry.page_url AS first_page_url, entry.page_urlscheme AS first_page_urlscheme,
    entry.page_urlhost AS first_page_urlhost, entry.page_urlpath AS first_page_urlpath, entry.page_urlquery AS first_page_urlquery,
    entry.page_urlfragment AS first_page_urlfragment, entry.content_group AS first_content_group,
    exit.page_title AS last_page_title, exit.page_url AS last_page_url, exit.page_urlscheme AS last_page_urlscheme,
    exit.page_urlhost AS last_page_urlhost, exit.page_urlpath AS last_page_urlpath, exit.page_urlquery AS last_page_urlquery,
    exit.page_urlfragment AS last_page_urlfragment, exit.content_group AS last_content_group,
    entry.screen_view__name AS first_screen_view__name, entry.screen_view__type AS first_screen_view__type,
    exit.screen_view__name AS last_screen_view__name, exit.screen_view__type AS last_screen_view__type,
    entry.mkt_medium, entry.mkt_source, entry.mkt_term, entry.mkt_content, entry.mkt_campaign, entry.mkt_clickid, entry.mkt_network,
    entry.default_channel_group,
    entry.page_referrer, entry.refr_urlhost, entry.refr_urlpath, entry.refr_medium, entry.refr_source, entry.refr_term,
    entry.geo_country AS first_geo_country, entry.geo_region_name AS first_geo_region_name, entry.geo_city AS first_geo_city,
    exit.geo_country AS last_geo_country, exit.geo_region_name AS last_geo_region_name, exit.geo_city AS last_geo_city,
    entry.geo_region, entry.geo_zipcode, entry.geo_timezone, entry.geo_latitude, entry.geo_longitude,
    entry.device_category, entry.os_type, entry.os_version, entry.os_timezone, entry.screen_resolution,
    entry.br_lang AS first_br_lang, exit.br_lang AS last_br_lang, entry.br_renderengine,
    entry.useragent, entry.user_ipaddress,
    entry.ua__device_family, entry.ua__useragent_family, entry.ua__useragent_version,
    entry.mobile__device_manufacturer, entry.mobile__device_model, entry.mobile__carrier, entry.mobile__network_type,
    entry.app__version, entry.app__build
FROM ends
JOIN member AS entry_member ON entry_member.kind = ends.kind AND entry_member.owner = ends.owner AND entry_member.place = entry_place
JOIN event AS entry ON entry.line = entry_member.line
JOIN member AS exit_member ON exit_member.kind = ends.kind AND exit_member.owner = ends.owner AND exit_member.place = exit_place
JOIN event AS exit ON exit.line = exit_member.line;

CREATE UNIQUE INDEX touch_owner ON touch (kind, owner);

-- Numbers of events, copies once.
CREATE TABLE counts AS
SELECT
    kind, owner,
    sum(n) AS total_events,
    sum(n) FILTER (WHERE event_name = 'page_view') AS page_views,
    sum(n) FILTER (WHERE event_name = 'application_error') AS app_errors,
    sum(fatal) AS fatal_app_errors,
    json_group_object(coalesce(event_name, ''), n) FILTER (WHERE n > 0) AS event_counts
FROM (
    SELECT
        kind, owner, event_name, sum(is_counted) AS n,
        sum(is_counted AND event_name = 'application_error' AND coalesce(json_extract(told.data, '$.isFatal'), 0)) AS fatal
    FROM member JOIN event USING (line) LEFT JOIN told USING (line)
    GROUP BY kind, owner, event_name
)
GROUP BY kind, owner;

CREATE UNIQUE INDEX counts_owner ON counts (kind, owner);

-- The last login of each session and user. Of the other columns, SQLite takes those of the row with the greatest place.
CREATE TABLE login AS
SELECT kind, owner, user_id, derived_tstamp, max(place) AS place
FROM member JOIN event USING (line)
WHERE user_id IS NOT NULL
GROUP BY kind, owner;

CREATE UNIQUE INDEX login_owner ON login (kind, owner);
