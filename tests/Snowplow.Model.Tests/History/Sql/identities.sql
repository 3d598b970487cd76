-- IdentityColumns and IdentityMergeColumns. The identifiers of HistoryRules.json: login (the one to trust more, unique, at most 50 users),
-- member (any number at a time, at most 4 users).

-- What each user was seen with.
CREATE TABLE acquaintance AS
SELECT user_key, trust, identifier || ':' || value AS identity, identifier, value, min(derived) AS first_seen, min(derived_tstamp) AS first_tstamp, max(derived) AS last_seen
FROM (
    SELECT owner AS user_key, 1 AS trust, 'login' AS identifier, user_id AS value, derived, derived_tstamp
    FROM member JOIN event USING (line)
    WHERE kind = 'user'
    UNION ALL
    SELECT owner, 2, 'member', nullif(json_extract(entity.data, '$.hash'), ''), derived, derived_tstamp
    FROM member JOIN event USING (line) JOIN entity ON entity.line = event.line AND entity.type = 'com.example/member/1'
    WHERE kind = 'user'
)
WHERE value IS NOT NULL
GROUP BY user_key, trust, identifier, value;

-- What holds of it: the last login, each member.
CREATE TABLE holding AS
SELECT *, row_number() OVER (PARTITION BY user_key ORDER BY trust, identity) AS place
FROM (SELECT *, row_number() OVER (PARTITION BY user_key, trust ORDER BY last_seen DESC, identity) AS nth FROM acquaintance)
WHERE trust = 2 OR nth = 1;

CREATE INDEX holding_identity ON holding (identity);
CREATE INDEX holding_user ON holding (user_key, place);

CREATE TABLE identities AS
WITH known AS (
    SELECT identity, identifier, value, trust, count(*) > CASE trust WHEN 1 THEN 50 ELSE 4 END AS is_shared
    FROM acquaintance
    GROUP BY identity, identifier, value, trust
),
above AS (
    SELECT holding.identity, top.identity AS belongs_to, top.first_tstamp AS belongs_since,
        row_number() OVER (PARTITION BY holding.identity ORDER BY top.trust, top.first_seen, top.identity) AS nth
    FROM holding JOIN holding AS top ON top.user_key = holding.user_key AND top.place = 1
    WHERE top.trust < holding.trust
)
SELECT
    known.identity,
    known.identifier,
    known.value,
    CASE WHEN is_shared THEN '[]' ELSE json_group_array(user_key ORDER BY user_key) END AS user_keys,
    CASE WHEN NOT is_shared THEN count(*) END AS users,
    is_shared,
    CASE WHEN NOT is_shared THEN above.belongs_to END AS belongs_to,
    CASE WHEN NOT is_shared THEN above.belongs_since END AS belongs_since,
    CASE WHEN NOT is_shared THEN min(holding.first_tstamp) END AS first_tstamp,
    model_version
FROM known
JOIN holding ON holding.identity = known.identity
LEFT JOIN above ON above.identity = known.identity AND above.nth = 1
CROSS JOIN rules
GROUP BY known.identity;

CREATE TABLE identity_merges AS
SELECT identity, belongs_to, belongs_since AS merged_tstamp FROM identities WHERE belongs_to IS NOT NULL;
