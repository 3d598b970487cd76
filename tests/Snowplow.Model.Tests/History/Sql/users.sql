-- UserColumns.

-- The ids of each user, the last seen first.
CREATE TABLE seen AS
SELECT user_key, what, id, max(derived) AS last_seen
FROM (
    SELECT user_key, 'user_id' AS what, user_id AS id, derived FROM event WHERE NOT is_bot AND NOT is_forgotten_by_user
    UNION ALL SELECT user_key, 'device', cookie, derived FROM event WHERE NOT is_bot AND NOT is_forgotten_by_user
    UNION ALL SELECT user_key, 'device', client_user, derived FROM event WHERE NOT is_bot AND NOT is_forgotten_by_user
    UNION ALL SELECT user_key, 'network', network_user, derived FROM event WHERE NOT is_bot AND NOT is_forgotten_by_user
)
WHERE user_key IS NOT NULL AND id IS NOT NULL
GROUP BY user_key, what, id;

CREATE TABLE ids AS
SELECT user_key, what, json_group_array(id ORDER BY nth) AS list
FROM (SELECT *, row_number() OVER (PARTITION BY user_key, what ORDER BY last_seen DESC, id) AS nth FROM seen)
WHERE nth <= 16
GROUP BY user_key, what;

CREATE UNIQUE INDEX ids_what ON ids (user_key, what);

-- The sessions of each user by start.
CREATE TABLE listed AS
SELECT
    *,
    row_number() OVER (PARTITION BY user_key ORDER BY start_tstamp, session_identifier) AS session_index,
    row_number() OVER (PARTITION BY user_key ORDER BY start_tstamp DESC, session_identifier DESC) AS from_end
FROM sessions
WHERE user_key IS NOT NULL;

CREATE TABLE visits AS
SELECT
    user_key,
    count(*) AS sessions,
    count(DISTINCT substr(start_tstamp, 1, 10)) AS active_days,
    sum(views) AS views,
    sum(engaged_time_in_s) AS engaged_time_in_s,
    sum(absolute_time_in_s) AS absolute_time_in_s,
    sum(app_errors) AS app_errors,
    sum(fatal_app_errors) AS fatal_app_errors,
    max(mkt_medium) FILTER (WHERE from_end = 1) AS last_mkt_medium,
    max(mkt_source) FILTER (WHERE from_end = 1) AS last_mkt_source,
    max(mkt_campaign) FILTER (WHERE from_end = 1) AS last_mkt_campaign,
    max(default_channel_group) FILTER (WHERE from_end = 1) AS last_default_channel_group,
    json_group_array(
        json_object(
            'session_identifier', session_identifier,
            'session_index', session_index,
            'device_session_index', device_session_index,
            'start_tstamp', start_tstamp,
            'end_tstamp', end_tstamp,
            'is_server_cut', json(CASE WHEN is_server_cut THEN 'true' ELSE 'false' END),
            'mkt_medium', mkt_medium,
            'mkt_source', mkt_source,
            'mkt_campaign', mkt_campaign,
            'default_channel_group', default_channel_group,
            'refr_medium', refr_medium,
            'refr_source', refr_source,
            'views', views,
            'engaged_time_in_s', engaged_time_in_s,
            'absolute_time_in_s', absolute_time_in_s,
            'app_errors', app_errors,
            'fatal_app_errors', fatal_app_errors)
        ORDER BY session_index) FILTER (WHERE from_end <= 50) AS session_list
FROM listed
GROUP BY user_key;

CREATE UNIQUE INDEX visits_user ON visits (user_key);

CREATE TABLE activity AS
SELECT
    owner AS user_key,
    min(derived_tstamp) AS start_tstamp,
    max(derived_tstamp) AS end_tstamp,
    max(platform IS 'web') AS on_web,
    max(platform IS 'mob') AS on_mobile
FROM member JOIN event USING (line)
WHERE kind = 'user'
GROUP BY owner;

CREATE TABLE users AS
SELECT
    activity.user_key,
    substr(activity.user_key, 3) AS user_identifier,
    user_id,
    coalesce(user_ids.list, '[]') AS user_ids,
    coalesce(device_ids.list, '[]') AS device_identifiers,
    coalesce(network_ids.list, '[]') AS network_userids,
    coalesce(user_id, substr(activity.user_key, 3)) AS stitched_user_id,
    start_tstamp,
    end_tstamp,
    on_web,
    on_mobile,
    coalesce(sessions, 0) AS sessions,
    coalesce(active_days, 0) AS active_days,
    coalesce(views, 0) AS views,
    coalesce(engaged_time_in_s, 0) AS engaged_time_in_s,
    coalesce(absolute_time_in_s, 0) AS absolute_time_in_s,
    coalesce(visits.app_errors, 0) AS app_errors,
    coalesce(visits.fatal_app_errors, 0) AS fatal_app_errors,
    coalesce(page_views, 0) AS page_views,
    total_events,
    event_counts,
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
    last_mkt_medium,
    last_mkt_source,
    last_mkt_campaign,
    last_default_channel_group,
    coalesce(session_list, '[]') AS session_list,
    (SELECT json_group_array(identity ORDER BY place) FROM holding WHERE holding.user_key = activity.user_key) AS identities,
    model_version
FROM activity
JOIN touch ON touch.kind = 'user' AND touch.owner = activity.user_key
JOIN counts ON counts.kind = 'user' AND counts.owner = activity.user_key
LEFT JOIN login ON login.kind = 'user' AND login.owner = activity.user_key
LEFT JOIN visits ON visits.user_key = activity.user_key
LEFT JOIN ids AS user_ids ON user_ids.user_key = activity.user_key AND user_ids.what = 'user_id'
LEFT JOIN ids AS device_ids ON device_ids.user_key = activity.user_key AND device_ids.what = 'device'
LEFT JOIN ids AS network_ids ON network_ids.user_key = activity.user_key AND network_ids.what = 'network'
CROSS JOIN rules;
