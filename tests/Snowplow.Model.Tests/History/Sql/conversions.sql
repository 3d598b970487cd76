-- ConversionColumns.
CREATE TABLE conversions AS
SELECT *
FROM (
    SELECT
        event_row.*,
        event_id || ':' || name AS cv_id,
        name AS cv_type,
        millionths / 1000000.0 AS cv_value,
        derived_tstamp AS cv_tstamp,
        row_number() OVER (PARTITION BY event_id, name ORDER BY derived, collector_tstamp) AS copy
    FROM conversion JOIN event_row USING (line)
)
WHERE copy = 1;
