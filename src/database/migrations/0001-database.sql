-- Why: keeps which migrations were applied, so that each runs once and a changed file is noticed.
-- Locks: none; everything is new.
-- How long: milliseconds.
create schema database;

create table database.migration (
  number integer primary key,
  name text not null,
  digest text not null,
  applied_at timestamptz not null default now()
);

comment on table database.migration is 'Applied migrations; digest is SHA-256 of the file.';

grant usage on schema database to coffer_app, coffer_reader;
grant select on database.migration to coffer_app, coffer_reader;
