-- SessionColumns.

-- The event that names the user: the first that has one, else the first. Of the other columns, SQLite takes those of the row
-- with the least place.
CREATE TABLE naming AS
SELECT owner, user_key, user_identifier, domain_userid, network_userid, min(CASE WHEN user_key IS NULL THEN place + 1000000000 ELSE place END) AS place
FROM member JOIN event USING (line)
WHERE kind = 'session'
GROUP BY owner;

CREATE UNIQUE INDEX naming_owner ON naming (owner);

-- Engaged seconds: from pings, those without a view being of one view without a name, and from screen summaries of views.
CREATE TABLE engagement AS
SELECT owner, sum(seconds) AS seconds
FROM (
    SELECT owner, 10 * (count(DISTINCT view || ' ' || heartbeat) - count(DISTINCT view)) + 5 * count(DISTINCT view) AS seconds
    FROM (
        SELECT owner, coalesce('view ' || view_id, '') AS view, floor(coalesce(created, derived) / 10000.0) AS heartbeat
        FROM member JOIN event USING (line)
        WHERE kind = 'session' AND event_name = 'page_ping'
    )
    GROUP BY owner
    UNION ALL
    SELECT owner, sum(foreground)
    FROM (
        SELECT owner, CAST(floor(max(json_extract(screen_summary, '$.foreground_sec'))) AS INTEGER) AS foreground
        FROM member JOIN event USING (line)
        WHERE kind = 'session' AND screen_summary IS NOT NULL AND view_id IS NOT NULL
        GROUP BY owner, view_id
    )
    GROUP BY owner
)
GROUP BY owner;

CREATE UNIQUE INDEX engagement_owner ON engagement (owner);

CREATE TABLE session_conversions AS
SELECT
    owner,
    count(*) AS cv__all_volume,
    coalesce(sum(millionths), 0) / 1000000.0 AS cv__all_total,
    count(*) FILTER (WHERE name = 'purchase') AS cv_purchase_volume,
    json_group_array(event_id ORDER BY place) FILTER (WHERE name = 'purchase') AS cv_purchase_events,
    json_group_array(millionths / 1000000.0 ORDER BY place) FILTER (WHERE name = 'purchase') AS cv_purchase_values,
    coalesce(sum(millionths) FILTER (WHERE name = 'purchase'), 0) / 1000000.0 AS cv_purchase_total,
    min(derived_tstamp) FILTER (WHERE name = 'purchase') AS cv_purchase_first_conversion,
    count(*) FILTER (WHERE name = 'signup') AS cv_signup_volume,
    coalesce(sum(millionths) FILTER (WHERE name = 'signup'), 0) / 1000000.0 AS cv_signup_total,
    min(derived_tstamp) FILTER (WHERE name = 'signup') AS cv_signup_first_conversion
FROM member
JOIN event USING (line)
JOIN conversion USING (line)
WHERE kind = 'session' AND is_counted
GROUP BY owner;

CREATE UNIQUE INDEX session_conversions_owner ON session_conversions (owner);

CREATE TABLE session_measures AS
SELECT
    owner,
    min(derived) - CASE WHEN first_event_name = 'page_ping' THEN 5000 ELSE 0 END AS start,
    max(derived) AS ended,
    count(DISTINCT view_id) AS views
FROM member
JOIN touch USING (kind, owner)
JOIN event USING (line)
WHERE kind = 'session'
GROUP BY owner;

CREATE TABLE sessions AS
SELECT
    *,
    NOT is_engaged AS is_bounce
FROM (
    SELECT
        owner AS session_identifier,
        session_key,
        user_key,
        user_identifier,
        user_id,
        domain_userid,
        network_userid,
        session_key NOT LIKE 's:%' AS is_server_cut,
        CASE
            WHEN session_key LIKE 's:%' THEN previous_session_id
            -- By the end: the start of a session that a ping begins may lie within the one before.
            ELSE lag(owner) OVER (PARTITION BY session_key ORDER BY ended)
        END AS session__previous_session_id,
        device_session_index,
        strftime('%Y-%m-%dT%H:%M:%fZ', start / 1000.0, 'unixepoch') AS start_tstamp,
        strftime('%Y-%m-%dT%H:%M:%fZ', ended / 1000.0, 'unixepoch') AS end_tstamp,
        views,
        coalesce(page_views, 0) AS page_views,
        total_events,
        coalesce(event_counts, '{}') AS event_counts,
        coalesce(seconds, 0) AS engaged_time_in_s,
        (ended - start) / 1000 AS absolute_time_in_s,
        views >= 2 OR coalesce(seconds, 0) >= 20 OR coalesce(cv__all_volume, 0) > 0 AS is_engaged,
        coalesce(app_errors, 0) AS app_errors,
        fatal_app_errors,
        app_id, platform, device_identifier, first_event_name, last_event_name,
        first_page_title, first_page_url, first_page_urlscheme, first_page_urlhost, first_page_urlpath, first_page_urlquery,
        first_page_urlfragment, first_content_group,
        last_page_title, last_page_url, last_page_urlscheme, last_page_urlhost, last_page_urlpath, last_page_urlquery,
        last_page_urlfragment, last_content_group,
        first_screen_view__name, first_screen_view__type, last_screen_view__name, last_screen_view__type,
        mkt_medium, mkt_source, mkt_term, mkt_content, mkt_campaign, mkt_clickid, mkt_network, default_channel_group,
        page_referrer, refr_urlhost, refr_urlpath, refr_medium, refr_source, refr_term,
        first_geo_country, first_geo_region_name, first_geo_city, last_geo_country, last_geo_region_name, last_geo_city,
        geo_region, geo_zipcode, geo_timezone, geo_latitude, geo_longitude,
        device_category, os_type, os_version, os_timezone, screen_resolution, first_br_lang, last_br_lang, br_renderengine,
        useragent, user_ipaddress, ua__device_family, ua__useragent_family, ua__useragent_version,
        mobile__device_manufacturer, mobile__device_model, mobile__carrier, mobile__network_type, app__version, app__build,
        coalesce(cv__all_volume, 0) AS cv__all_volume,
        coalesce(cv__all_total, 0.0) AS cv__all_total,
        coalesce(cv_purchase_volume, 0) AS cv_purchase_volume,
        coalesce(cv_purchase_events, '[]') AS cv_purchase_events,
        coalesce(cv_purchase_values, '[]') AS cv_purchase_values,
        coalesce(cv_purchase_total, 0.0) AS cv_purchase_total,
        cv_purchase_first_conversion,
        coalesce(cv_purchase_volume, 0) > 0 AS cv_purchase_converted,
        coalesce(cv_signup_volume, 0) AS cv_signup_volume,
        NULL AS cv_signup_events,
        NULL AS cv_signup_values,
        coalesce(cv_signup_total, 0.0) AS cv_signup_total,
        cv_signup_first_conversion,
        coalesce(cv_signup_volume, 0) > 0 AS cv_signup_converted,
        model_version
    FROM session_measures
    JOIN touch USING (owner)
    JOIN counts USING (kind, owner)
    LEFT JOIN naming USING (owner)
    LEFT JOIN login USING (kind, owner)
    LEFT JOIN engagement USING (owner)
    LEFT JOIN session_conversions USING (owner)
    CROSS JOIN rules
    WHERE kind = 'session'
);
