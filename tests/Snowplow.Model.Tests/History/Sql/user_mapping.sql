-- UserMappingColumns: the last login of each user.
CREATE TABLE user_mapping AS
SELECT owner AS user_key, substr(owner, 3) AS user_identifier, user_id, derived_tstamp AS end_tstamp
FROM login
WHERE kind = 'user';
