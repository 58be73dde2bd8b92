-- Why: the lane row that every commit locks, the stored answers, the outbox and the test clock.
-- Locks: none on existing tables. Takes: milliseconds.
create schema commit;

-- One row per shard. Whoever holds it decides; seq says who wrote last.
create table commit.lane (
  shard integer primary key,
  seq int8 not null,
  last_instant timestamptz not null,
  next_number int8 not null
);
insert into commit.lane values (0, 0, 'epoch', 1);

-- The first answer to each request; the same id never gets another one.
create table commit.request (
  id text primary key,
  digest int8 not null,
  outcome text not null,
  at timestamptz not null,
  row_version int8 not null
);

create table commit.outbox (
  number int8 primary key,
  topic text not null,
  payload jsonb,
  at timestamptz not null,
  delivered_at timestamptz
);
create index outbox_waiting on commit.outbox (number) where delivered_at is null;

create table commit.test_clock (
  id text primary key,
  anchor_simulated timestamptz not null,
  anchor_real timestamptz not null,
  rate float8 not null,
  row_version int8 not null
);

-- Called when a batch finds a row that is not as it must be: ends the whole batch.
create function commit.refuse(what text) returns boolean language plpgsql as $$
begin
  raise exception 'stale row in %', what using errcode = 'CF001';
end $$;

grant usage on schema commit to coffer_app, coffer_reader;
grant select, insert, update on commit.lane to coffer_app;
-- A stored answer is never changed.
grant select, insert on commit.request to coffer_app;
grant select, insert, update on commit.outbox, commit.test_clock to coffer_app;
grant select on all tables in schema commit to coffer_reader;
