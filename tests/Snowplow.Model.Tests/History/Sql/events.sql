-- Facts of each landed event, as the docs of EventRowColumns, PageColumns, DeviceColumns and UserKey have them.
-- landed(line, and the 131 columns as text) is loaded before; sha256 and regexp are the loader's functions.

-- The first entity of each type: the tracker's (origin 1) before derived ones (origin 2). type: vendor/name/model. Those that say
-- who, which session and which view are the tracker's only; the documents are silent there.
CREATE TABLE entity (line INTEGER, type TEXT, origin INTEGER, data TEXT, PRIMARY KEY (line, type)) WITHOUT ROWID;

INSERT OR IGNORE INTO entity
SELECT
    line,
    replace(substr(schema, 6, instr(schema, '-') - 6), '/jsonschema/', '/'),
    origin,
    data
FROM (
    SELECT line, 1 AS origin, key AS place, json_extract(value, '$.schema') AS schema, json_extract(value, '$.data') AS data
    FROM landed, json_each(contexts, '$.data')
    UNION ALL
    SELECT line, 2, key, json_extract(value, '$.schema'), json_extract(value, '$.data')
    FROM landed, json_each(derived_contexts, '$.data')
)
ORDER BY line, origin, place;

-- What the self-describing event says.
CREATE TABLE told (line INTEGER PRIMARY KEY, type TEXT, data TEXT);

INSERT INTO told
SELECT
    line,
    replace(substr(json_extract(unstruct_event, '$.data.schema'), 6, instr(json_extract(unstruct_event, '$.data.schema'), '-') - 6), '/jsonschema/', '/'),
    json_extract(unstruct_event, '$.data.data')
FROM landed
WHERE unstruct_event IS NOT NULL;

-- Ids: an empty text and the UUID of zeros are none.
CREATE TABLE identity AS
SELECT
    landed.line,
    coalesce(
        nullif(nullif(json_extract(client.data, '$.sessionId'), ''), '00000000-0000-0000-0000-000000000000'),
        nullif(domain_sessionid, '00000000-0000-0000-0000-000000000000')) AS session_id,
    nullif(nullif(json_extract(client.data, '$.userId'), ''), '00000000-0000-0000-0000-000000000000') AS client_user,
    nullif(domain_userid, '00000000-0000-0000-0000-000000000000') AS cookie,
    nullif(network_userid, '00000000-0000-0000-0000-000000000000') AS network_user,
    nullif(user_id, '00000000-0000-0000-0000-000000000000') AS login,
    '00000000-0000-0000-0000-000000000000'
        IN (coalesce(json_extract(client.data, '$.userId'), ''), coalesce(domain_userid, ''), coalesce(network_userid, ''), coalesce(user_id, '')) AS is_anonymous
FROM landed
LEFT JOIN entity AS client ON client.line = landed.line AND client.type = 'com.snowplowanalytics.snowplow/client_session/1' AND client.origin = 1;

CREATE UNIQUE INDEX identity_line ON identity (line);

-- An empty text of an entity is none, as an empty column is.
CREATE TABLE fact AS
SELECT
    landed.line,
    coalesce(landed.derived_tstamp, landed.collector_tstamp) AS derived_text,
    unixepoch(coalesce(landed.derived_tstamp, landed.collector_tstamp)) * 1000
        + CAST(substr(coalesce(landed.derived_tstamp, landed.collector_tstamp), 21, 3) AS INTEGER) AS derived,
    unixepoch(landed.dvce_created_tstamp) * 1000 + CAST(substr(landed.dvce_created_tstamp, 21, 3) AS INTEGER) AS created,
    replace(coalesce(landed.derived_tstamp, landed.collector_tstamp), ' ', 'T') || 'Z' AS derived_tstamp,
    replace(landed.dvce_created_tstamp, ' ', 'T') || 'Z' AS dvce_created_tstamp,
    replace(landed.collector_tstamp, ' ', 'T') || 'Z' AS collector_tstamp,

    -- Who and which session.
    session_id,
    CASE
        WHEN client_user IS NOT NULL THEN 'd:' || client_user
        WHEN cookie IS NOT NULL THEN 'd:' || cookie
        WHEN network_user IS NOT NULL THEN 'n:' || network_user
        WHEN login IS NOT NULL THEN 'u:' || login
        WHEN is_anonymous OR coalesce(user_ipaddress, 'unknown') = 'unknown' THEN NULL
        ELSE 'h:' || substr(sha256(user_ipaddress || char(9) || coalesce(useragent, '')), 1, 32)
    END AS user_key,
    client_user,
    cookie,
    network_user,
    domain_userid,
    coalesce(json_extract(client.data, '$.sessionIndex'), CAST(domain_sessionidx AS INTEGER)) AS device_session_index,
    nullif(json_extract(client.data, '$.previousSessionId'), '') AS previous_session_id,
    coalesce(useragent REGEXP
        'bot|crawl|slurp|spider|archiv|spinn|sniff|seo|audit|survey|pingdom|worm|capture|(browser|screen)shots|analyz|index|thumb|check|facebook|PingdomBot|PhantomJS|YandexBot|Twitterbot|a_archiver|facebookexternalhit|Bingbot|BingPreview|Googlebot|Baiduspider|360(Spider|User-agent)|semalt', 0)
        OR coalesce(json_extract(iab.data, '$.spiderOrRobot'), 0) AS is_bot,

    -- The view.
    coalesce(
        nullif(json_extract(web_page.data, '$.id'), ''), nullif(json_extract(screen_view.data, '$.id'), ''), nullif(json_extract(screen.data, '$.id'), ''),
        CASE WHEN event_name IN ('page_view', 'screen_view') THEN event_id END) AS view_id,
    CAST(pp_xoffset_max AS INTEGER) AS x, CAST(pp_yoffset_max AS INTEGER) AS y,
    CAST(doc_width AS INTEGER) AS doc_width, CAST(doc_height AS INTEGER) AS doc_height,
    CAST(br_viewwidth AS INTEGER) AS br_viewwidth, CAST(br_viewheight AS INTEGER) AS br_viewheight,
    summary.data AS screen_summary,

    -- The page.
    event_name, event_id, user_id,
    page_title, page_url, page_urlscheme, page_urlhost, page_urlpath, page_urlquery, page_urlfragment,
    mkt_medium, mkt_source, mkt_term, mkt_content, mkt_campaign, mkt_clickid, mkt_network,
    page_referrer, refr_urlhost, refr_urlpath, refr_medium, refr_source, refr_term,
    coalesce(nullif(json_extract(screen_view.data, '$.name'), ''), nullif(json_extract(screen.data, '$.name'), '')) AS screen_view__name,
    coalesce(nullif(json_extract(screen_view.data, '$.type'), ''), nullif(json_extract(screen.data, '$.type'), '')) AS screen_view__type,
    nullif(json_extract(screen_view.data, '$.previousId'), '') AS screen_view__previous_id,
    nullif(json_extract(screen_view.data, '$.previousName'), '') AS screen_view__previous_name,

    -- The device.
    app_id, platform,
    coalesce(cookie, client_user) AS device_identifier,
    network_userid,
    geo_country, geo_region, geo_region_name, geo_city, geo_zipcode, geo_timezone,
    CAST(geo_latitude AS REAL) AS geo_latitude, CAST(geo_longitude AS REAL) AS geo_longitude,
    coalesce(
        CASE nullif(json_extract(yauaa.data, '$.deviceClass'), '')
            WHEN 'Phone' THEN 'Mobile'
            WHEN 'TV' THEN 'Connected TV'
            WHEN 'Game Console' THEN 'Games Console'
            WHEN 'Watch' THEN 'Wearable'
            ELSE nullif(json_extract(yauaa.data, '$.deviceClass'), '')
        END,
        dvce_type,
        CASE
            WHEN platform IS NOT 'web' THEN NULL
            WHEN instr(useragent, 'iPad') OR instr(useragent, 'Tablet') THEN 'Tablet'
            WHEN instr(useragent, 'Android') AND NOT instr(useragent, 'Mobile') THEN 'Tablet'
            WHEN instr(useragent, 'Mobile') OR instr(useragent, 'iPhone') THEN 'Mobile'
            WHEN instr(useragent, 'Mozilla') THEN 'Desktop'
        END,
        CASE platform
            WHEN 'web' THEN 'Web'
            WHEN 'mob' THEN 'Mobile/Tablet'
            WHEN 'pc' THEN 'Desktop/Laptop/Netbook'
            WHEN 'srv' THEN 'Server-Side App'
            WHEN 'app' THEN 'General App'
            WHEN 'tv' THEN 'Connected TV'
            WHEN 'cnsl' THEN 'Games Console'
            WHEN 'iot' THEN 'Internet of Things'
            WHEN 'headset' THEN 'AR/VR Headset'
        END) AS device_category,
    coalesce(
        nullif(json_extract(mobile.data, '$.osType'), ''), nullif(json_extract(yauaa.data, '$.operatingSystemName'), ''), nullif(json_extract(ua.data, '$.osFamily'), ''), os_name) AS os_type,
    coalesce(
        nullif(json_extract(mobile.data, '$.osVersion'), ''), nullif(json_extract(yauaa.data, '$.operatingSystemVersion'), ''), nullif(json_extract(ua.data, '$.osVersion'), '')) AS os_version,
    os_timezone,
    dvce_screenwidth || 'x' || dvce_screenheight AS screen_resolution,
    br_lang, br_renderengine, useragent, user_ipaddress,
    nullif(json_extract(ua.data, '$.deviceFamily'), '') AS ua__device_family,
    nullif(json_extract(ua.data, '$.useragentFamily'), '') AS ua__useragent_family,
    nullif(json_extract(ua.data, '$.useragentVersion'), '') AS ua__useragent_version,
    nullif(json_extract(mobile.data, '$.deviceManufacturer'), '') AS mobile__device_manufacturer,
    nullif(json_extract(mobile.data, '$.deviceModel'), '') AS mobile__device_model,
    nullif(json_extract(mobile.data, '$.carrier'), '') AS mobile__carrier,
    nullif(json_extract(mobile.data, '$.networkType'), '') AS mobile__network_type,
    nullif(json_extract(application.data, '$.version'), '') AS app__version,
    nullif(json_extract(application.data, '$.build'), '') AS app__build
FROM landed
JOIN identity USING (line)
LEFT JOIN entity AS web_page ON web_page.line = landed.line AND web_page.type = 'com.snowplowanalytics.snowplow/web_page/1' AND web_page.origin = 1
LEFT JOIN entity AS screen ON screen.line = landed.line AND screen.type = 'com.snowplowanalytics.mobile/screen/1' AND screen.origin = 1
LEFT JOIN entity AS summary ON summary.line = landed.line AND summary.type = 'com.snowplowanalytics.mobile/screen_summary/1' AND summary.origin = 1
LEFT JOIN entity AS client ON client.line = landed.line AND client.type = 'com.snowplowanalytics.snowplow/client_session/1' AND client.origin = 1
LEFT JOIN entity AS mobile ON mobile.line = landed.line AND mobile.type = 'com.snowplowanalytics.snowplow/mobile_context/1'
LEFT JOIN entity AS application ON application.line = landed.line AND application.type = 'com.snowplowanalytics.mobile/application/1'
LEFT JOIN entity AS ua ON ua.line = landed.line AND ua.type = 'com.snowplowanalytics.snowplow/ua_parser_context/1'
LEFT JOIN entity AS yauaa ON yauaa.line = landed.line AND yauaa.type = 'nl.basjes/yauaa_context/1'
LEFT JOIN entity AS iab ON iab.line = landed.line AND iab.type = 'com.iab.snowplow/spiders_and_robots/1' AND iab.origin = 2
LEFT JOIN told AS screen_view ON screen_view.line = landed.line AND screen_view.type = 'com.snowplowanalytics.mobile/screen_view/1';

CREATE UNIQUE INDEX fact_line ON fact (line);

-- The keys that events which forget name, and up to when what was collected is forgotten.
CREATE TABLE named AS
SELECT value AS key, max(replace(collector_tstamp, ' ', 'T') || 'Z') AS forgotten_at
FROM landed JOIN told USING (line), json_each(told.data, '$.keys')
WHERE landed.event = 'forget'
GROUP BY value;

CREATE UNIQUE INDEX named_key ON named (key);

-- Keys that follow, and what the rules say of each event.
CREATE TABLE event AS
SELECT
    fact.*,
    coalesce('s:' || session_id, user_key) AS session_key,
    substr(user_key, 3) AS user_identifier,
    content_group,
    default_channel_group,
    (SELECT model_version FROM rules) AS model_version,
    EXISTS (SELECT * FROM named WHERE key = user_key AND collector_tstamp <= forgotten_at) AS is_forgotten_by_user,
    EXISTS (SELECT * FROM named WHERE key = coalesce('s:' || session_id, user_key) AND collector_tstamp <= forgotten_at) AS is_forgotten_by_session
FROM fact
JOIN grouped USING (line);

CREATE UNIQUE INDEX event_line ON event (line);
