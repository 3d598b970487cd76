-- ConsentUserColumns.

-- The last choice of each user. Of the other columns, SQLite takes those of the row with the greatest place.
CREATE TABLE choice AS
SELECT owner, geo_country, derived_tstamp, data, max(place) AS place
FROM member JOIN event USING (line) LEFT JOIN told USING (line)
WHERE kind = 'user' AND event_name = 'consent_preferences'
GROUP BY owner;

CREATE TABLE consent_users AS
SELECT
    owner AS user_key,
    substr(owner, 3) AS user_identifier,
    choice.geo_country,
    cmp_events,
    consent_events,
    last_cmp_event_tstamp,
    choice.derived_tstamp AS last_consent_event_tstamp,
    json_extract(data, '$.eventType') AS last_consent_event_type,
    json_extract(data, '$.consentScopes') AS last_consent_scopes,
    json_extract(data, '$.consentVersion') AS last_consent_version,
    json_extract(data, '$.consentUrl') AS last_consent_url,
    json_extract(data, '$.domainsApplied') AS last_domains_applied,
    json_extract(data, '$.basisForProcessing') AS last_processing_basis
FROM (
    SELECT
        owner,
        coalesce(sum(is_counted) FILTER (WHERE event_name = 'cmp_visible'), 0) AS cmp_events,
        coalesce(sum(is_counted) FILTER (WHERE event_name = 'consent_preferences'), 0) AS consent_events,
        max(derived_tstamp) FILTER (WHERE event_name = 'cmp_visible') AS last_cmp_event_tstamp
    FROM member JOIN event USING (line)
    WHERE kind = 'user' AND event_name IN ('cmp_visible', 'consent_preferences')
    GROUP BY owner
)
LEFT JOIN choice USING (owner);
