-- What the tables of events have in common: EventRowColumns. Of copies, the least derived_tstamp counts, then the least collector_tstamp.
CREATE VIEW event_row AS
SELECT
    line, derived, event_id, event_name, derived_tstamp, dvce_created_tstamp, collector_tstamp,
    session_key, session_id AS session_identifier, user_key, user_identifier, user_id, view_id,
    page_title, page_url, page_urlscheme, page_urlhost, page_urlpath, page_urlquery, page_urlfragment, content_group,
    mkt_medium, mkt_source, mkt_term, mkt_content, mkt_campaign, mkt_clickid, mkt_network, default_channel_group,
    page_referrer, refr_urlhost, refr_urlpath, refr_medium, refr_source, refr_term,
    screen_view__name, screen_view__type, screen_view__previous_id, screen_view__previous_name,
    app_id, platform, device_identifier, network_userid,
    geo_country, geo_region, geo_region_name, geo_city, geo_zipcode, geo_timezone, geo_latitude, geo_longitude,
    device_category, os_type, os_version, os_timezone, screen_resolution, br_lang, br_renderengine, useragent, user_ipaddress,
    ua__device_family, ua__useragent_family, ua__useragent_version,
    mobile__device_manufacturer, mobile__device_model, mobile__carrier, mobile__network_type, app__version, app__build,
    model_version
FROM event
WHERE NOT CASE WHEN user_key IS NULL THEN is_forgotten_by_session ELSE is_forgotten_by_user END;
