#!/bin/sh
# Run once by the PostgreSQL image on an empty volume: the two roles, their rights and their passwords.
set -eu
psql -X -U postgres -d postgres -v database=portal -f /roles.sql
psql -X -U postgres -d postgres -v ON_ERROR_STOP=1 <<'SQL'
\getenv owner_password OWNER_DATABASE_PASSWORD
\getenv web_password WEB_DATABASE_PASSWORD
ALTER ROLE portal_owner PASSWORD :'owner_password';
ALTER ROLE portal_web PASSWORD :'web_password';
SQL
