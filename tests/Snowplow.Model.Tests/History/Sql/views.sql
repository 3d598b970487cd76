-- ViewColumns.

-- Own events: each view's first page_view or screen_view in each session.
CREATE TABLE own AS
SELECT
    *,
    row_number() OVER (PARTITION BY owner ORDER BY place) AS view_in_session_index,
    count(*) OVER (PARTITION BY owner) AS views_in_session,
    row_number() OVER (PARTITION BY session_key, view_id ORDER BY derived, place) AS nth_session
FROM (
    SELECT owner, session_key, view_id, line, derived, min(place) AS place
    FROM member JOIN event USING (line)
    WHERE kind = 'session' AND event_name IN ('page_view', 'screen_view')
    GROUP BY owner, view_id
);

-- What the view's other events add.
CREATE TABLE view_measures AS
WITH part AS (
    SELECT
        owner, view_id, event_name, derived, coalesce(created, derived) AS device_time,
        event_name IN ('page_view', 'screen_view', 'page_ping') AS has_sizes,
        doc_width, doc_height, br_viewwidth, br_viewheight,
        max(0, min(coalesce(x, 0), coalesce(doc_width, x, 0))) AS x,
        max(0, min(coalesce(y, 0), coalesce(doc_height, y, 0))) AS y,
        screen_summary
    FROM member JOIN event USING (line)
    WHERE kind = 'session' AND view_id IS NOT NULL
)
SELECT
    owner, view_id,
    max(derived) FILTER (WHERE event_name = 'page_ping' OR screen_summary IS NOT NULL) AS last_derived,
    count(DISTINCT floor(device_time / 10000.0)) FILTER (WHERE event_name = 'page_ping') AS heartbeats,
    coalesce(max(x) FILTER (WHERE event_name = 'page_ping'), 0) AS x,
    coalesce(max(y) FILTER (WHERE event_name = 'page_ping'), 0) AS y,
    max(doc_width) FILTER (WHERE has_sizes) AS doc_width,
    max(doc_height) FILTER (WHERE has_sizes) AS doc_height,
    max(br_viewwidth) FILTER (WHERE has_sizes) AS br_viewwidth,
    max(br_viewheight) FILTER (WHERE has_sizes) AS br_viewheight,
    count(screen_summary) > 0 AS has_summary,
    max(json_extract(screen_summary, '$.foreground_sec')) AS foreground,
    max(json_extract(screen_summary, '$.background_sec')) AS background,
    max(json_extract(screen_summary, '$.max_x_offset')) AS max_x,
    max(json_extract(screen_summary, '$.max_y_offset')) AS max_y,
    max(json_extract(screen_summary, '$.content_width')) AS content_width,
    max(json_extract(screen_summary, '$.content_height')) AS content_height,
    max(json_extract(screen_summary, '$.last_item_index')) AS last_item,
    max(json_extract(screen_summary, '$.items_count')) AS items
FROM part
GROUP BY owner, view_id;

CREATE UNIQUE INDEX view_measures_view ON view_measures (owner, view_id);

CREATE TABLE views AS
SELECT
    own.view_id,
    own.session_key,
    own.owner AS session_identifier,
    naming.user_key,
    naming.user_identifier,
    event.device_session_index,
    view_in_session_index,
    views_in_session,
    event.derived_tstamp,
    event.dvce_created_tstamp,
    event.collector_tstamp,
    event.derived_tstamp AS start_tstamp,
    strftime('%Y-%m-%dT%H:%M:%fZ', max(own.derived, coalesce(last_derived, own.derived)) / 1000.0, 'unixepoch') AS end_tstamp,
    CASE
        WHEN has_summary THEN CAST(floor(coalesce(foreground, 0)) AS INTEGER)
        WHEN heartbeats > 0 THEN 10 * (heartbeats - 1) + 5
        ELSE 0
    END AS engaged_time_in_s,
    CASE
        WHEN has_summary THEN CAST(floor(coalesce(foreground, 0) + coalesce(background, 0)) AS INTEGER)
        ELSE (max(own.derived, coalesce(last_derived, own.derived)) - own.derived) / 1000
    END AS absolute_time_in_s,
    CASE WHEN has_summary THEN max_x ELSE view_measures.x END AS horizontal_pixels_scrolled,
    CASE WHEN has_summary THEN max_y ELSE view_measures.y END AS vertical_pixels_scrolled,
    CASE
        WHEN has_summary THEN floor(min(100, 100.0 * max_x / nullif(content_width, 0)) + 0.5)
        ELSE floor(100.0 * min(view_measures.x + coalesce(view_measures.br_viewwidth, 0), view_measures.doc_width) / nullif(view_measures.doc_width, 0) + 0.5)
    END AS horizontal_percentage_scrolled,
    CASE
        WHEN has_summary THEN floor(min(100, 100.0 * max_y / nullif(content_height, 0)) + 0.5)
        ELSE floor(100.0 * min(view_measures.y + coalesce(view_measures.br_viewheight, 0), view_measures.doc_height) / nullif(view_measures.doc_height, 0) + 0.5)
    END AS vertical_percentage_scrolled,
    last_item AS last_list_item_index,
    items AS list_items_count,
    floor(min(100, 100.0 * (last_item + 1) / nullif(items, 0)) + 0.5) AS list_items_percentage_scrolled,
    view_measures.doc_width,
    view_measures.doc_height,
    view_measures.br_viewwidth,
    view_measures.br_viewheight,
    event_name, event_id, user_id,
    page_title, page_url, page_urlscheme, page_urlhost, page_urlpath, page_urlquery, page_urlfragment, content_group,
    mkt_medium, mkt_source, mkt_term, mkt_content, mkt_campaign, mkt_clickid, mkt_network, default_channel_group,
    page_referrer, refr_urlhost, refr_urlpath, refr_medium, refr_source, refr_term,
    screen_view__name, screen_view__type, screen_view__previous_id, screen_view__previous_name,
    app_id, platform, device_identifier, event.network_userid,
    geo_country, geo_region, geo_region_name, geo_city, geo_zipcode, geo_timezone, geo_latitude, geo_longitude,
    device_category, os_type, os_version, os_timezone, screen_resolution, br_lang, br_renderengine, useragent, user_ipaddress,
    ua__device_family, ua__useragent_family, ua__useragent_version,
    mobile__device_manufacturer, mobile__device_model, mobile__carrier, mobile__network_type, app__version, app__build,
    model_version
FROM own
JOIN event USING (line)
JOIN view_measures ON view_measures.owner = own.owner AND view_measures.view_id = own.view_id
LEFT JOIN naming ON naming.owner = own.owner
WHERE nth_session = 1;
