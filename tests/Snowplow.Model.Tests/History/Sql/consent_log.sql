-- ConsentColumns.
CREATE TABLE consent_log AS
SELECT *
FROM (
    SELECT
        event_row.*,
        json_extract(data, '$.eventType') AS event_type,
        json_extract(data, '$.basisForProcessing') AS basis_for_processing,
        json_extract(data, '$.consentUrl') AS consent_url,
        json_extract(data, '$.consentVersion') AS consent_version,
        json_extract(data, '$.consentScopes') AS consent_scopes,
        json_extract(data, '$.domainsApplied') AS domains_applied,
        json_extract(data, '$.gdprApplies') AS gdpr_applies,
        json_extract(data, '$.elapsedTime') AS cmp_load_time,
        row_number() OVER (PARTITION BY event_id ORDER BY derived, collector_tstamp) AS copy
    FROM event_row LEFT JOIN told USING (line)
    WHERE event_name IN ('consent_preferences', 'cmp_visible')
)
WHERE copy = 1;
