-- AppErrorColumns.
CREATE TABLE app_errors AS
SELECT *
FROM (
    SELECT
        event_row.*,
        json_extract(data, '$.message') AS message,
        json_extract(data, '$.programmingLanguage') AS programming_language,
        json_extract(data, '$.className') AS class_name,
        json_extract(data, '$.exceptionName') AS exception_name,
        coalesce(json_extract(data, '$.isFatal'), 0) AS is_fatal,
        json_extract(data, '$.lineNumber') AS line_number,
        json_extract(data, '$.lineColumn') AS line_column,
        json_extract(data, '$.fileName') AS file_name,
        json_extract(data, '$.threadName') AS thread_name,
        json_extract(data, '$.threadId') AS thread_id,
        json_extract(data, '$.stackTrace') AS stack_trace,
        json_extract(data, '$.causeStackTrace') AS cause_stack_trace,
        row_number() OVER (PARTITION BY event_id ORDER BY derived, collector_tstamp) AS copy
    FROM event_row LEFT JOIN told USING (line)
    WHERE event_name = 'application_error'
)
WHERE copy = 1;
