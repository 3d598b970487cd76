-- ForgottenColumns: which grains were forgotten, and up to when.
CREATE TABLE forgotten AS
SELECT 'session' AS kind, key, forgotten_at FROM named
UNION ALL
SELECT 'user', key, forgotten_at FROM named WHERE substr(key, 1, 2) <> 's:';
