-- What HistoryRules.json says, in SQL.

CREATE VIEW rules AS SELECT 7 AS model_version;

-- Channel rules see source, medium and campaign trimmed and in lower case, blank ones as missing; the referrer stands in where
-- there is no source and no medium.
CREATE VIEW channel AS
SELECT
    line,
    coalesce(own_source, CASE WHEN own_medium IS NULL THEN lower(trim(coalesce(refr_source, refr_urlhost))) END) AS source,
    coalesce(own_medium, CASE WHEN own_source IS NULL THEN lower(trim(refr_medium)) END) AS medium,
    lower(trim(mkt_campaign)) AS campaign
FROM (SELECT *, nullif(lower(trim(mkt_source)), '') AS own_source, nullif(lower(trim(mkt_medium)), '') AS own_medium FROM fact);

CREATE VIEW grouped AS
SELECT
    line,
    CASE
        WHEN page_urlpath GLOB '/p/*' THEN 'product'
        WHEN instr(page_urlquery, 'q=') OR page_title = 'Hilfe' THEN 'help'
        ELSE 'rest'
    END AS content_group,
    CASE
        WHEN medium IN ('cpc', 'paid') OR mkt_clickid IS NOT NULL THEN 'Paid'
        WHEN (source = 'google' OR source GLOB 'google.*' OR source GLOB '*.google.*' OR source = 'bing.com' OR source GLOB '*.bing.com')
            AND NOT coalesce(instr(campaign, 'brand'), 0) THEN 'Search'
        WHEN instr(medium, 'mail') OR source = 'newsletter' THEN 'Email'
        WHEN page_referrer IS NOT NULL THEN 'Referral'
        ELSE 'Direct'
    END AS default_channel_group
FROM fact
JOIN channel USING (line);

-- The events that meet a conversion, and their values rounded to 6 decimals, in millionths. A text that is a number is one.
CREATE VIEW conversion AS
SELECT
    event.line,
    'purchase' AS name,
    CAST(round(1000000 * CASE
        WHEN json_type(data, '$.total') IN ('integer', 'real') THEN json_extract(data, '$.total')
        WHEN json_type(data, '$.total') = 'text' AND json_extract(data, '$.total') REGEXP '^-?[0-9]+([.][0-9]+)?$' THEN CAST(json_extract(data, '$.total') AS REAL)
    END) AS INTEGER) AS millionths
FROM event
LEFT JOIN told ON told.line = event.line AND told.type = 'com.example/purchase/1'
WHERE event_name = 'purchase' AND coalesce(json_extract(data, '$.status'), '') <> 'test'
UNION ALL
SELECT line, 'signup', 5000000
FROM event
WHERE event_name = 'page_view' AND page_urlpath = '/welcome';
