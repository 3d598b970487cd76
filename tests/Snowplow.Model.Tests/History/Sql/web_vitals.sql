-- WebVitalColumns.

-- Values, up to the next thousandth: the inner rounding takes away what doubles add to decimals.
CREATE TABLE vital AS
SELECT
    line,
    ceil(round(json_extract(data, '$.lcp'), 6)) / 1000 AS lcp,
    ceil(round(json_extract(data, '$.fcp') * 1000, 6)) / 1000 AS fcp,
    ceil(round(json_extract(data, '$.fid') * 1000, 6)) / 1000 AS fid,
    ceil(round(json_extract(data, '$.cls') * 1000, 6)) / 1000 AS cls,
    ceil(round(json_extract(data, '$.inp') * 1000, 6)) / 1000 AS inp,
    ceil(round(json_extract(data, '$.ttfb') * 1000, 6)) / 1000 AS ttfb,
    json_extract(data, '$.navigationType') AS navigation_type
FROM event LEFT JOIN told USING (line)
WHERE event_name = 'web_vitals';

CREATE TABLE web_vitals AS
SELECT *
FROM (
    SELECT
        event_row.*, lcp, fcp, fid, cls, inp, ttfb, navigation_type,
        CASE WHEN lcp IS NULL THEN 'not measurable' WHEN lcp <= 2.5 THEN 'good' WHEN lcp <= 4 THEN 'needs improvement' ELSE 'poor' END AS lcp_result,
        CASE WHEN fid IS NULL THEN 'not measurable' WHEN fid <= 100 THEN 'good' WHEN fid <= 300 THEN 'needs improvement' ELSE 'poor' END AS fid_result,
        CASE WHEN cls IS NULL THEN 'not measurable' WHEN cls <= 0.1 THEN 'good' WHEN cls <= 0.25 THEN 'needs improvement' ELSE 'poor' END AS cls_result,
        CASE WHEN ttfb IS NULL THEN 'not measurable' WHEN ttfb <= 800 THEN 'good' WHEN ttfb <= 1800 THEN 'needs improvement' ELSE 'poor' END AS ttfb_result,
        CASE WHEN inp IS NULL THEN 'not measurable' WHEN inp <= 200 THEN 'good' WHEN inp <= 500 THEN 'needs improvement' ELSE 'poor' END AS inp_result,
        row_number() OVER (PARTITION BY event_id ORDER BY derived, collector_tstamp) AS copy
    FROM vital JOIN event_row USING (line)
)
WHERE copy = 1;
