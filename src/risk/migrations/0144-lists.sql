-- Why: allow, watch and block lists, and rules that sleep for one account. What is in force stands
-- in the row of the active policy, which every deciding command reads anyway; what touched a
-- decision is kept with it, so that it can be computed again.
-- Locks: `risk.policy` and `risk.decision` for the time of adding an empty column.
-- Takes: milliseconds.
alter table risk.policy add column measures jsonb;
alter table risk.decision add column measures jsonb;

create table risk.list_entry (
  id text primary key,
  list text not null check (list in ('allow', 'watch', 'block')),
  kind text not null check (kind in ('account', 'payee', 'phone', 'device', 'network')),
  value text not null,
  final boolean not null,
  reason text not null check (reason <> ''),
  added_by text not null,
  added_at timestamptz not null,
  until timestamptz,
  removed_by text,
  removed_at timestamptz,
  removed_why text,
  row_version int8 not null,
  constraint only_blocks_are_final check (not final or list = 'block'),
  constraint removed_by_somebody check (
    (removed_at is null) = (removed_by is null) and (removed_at is null) = (removed_why is null))
);
create index list_entry_by_value on risk.list_entry (kind, value);

create table risk.snooze (
  id text primary key,
  rule text not null,
  account text not null,
  reason text not null check (reason <> ''),
  added_by text not null,
  added_at timestamptz not null,
  until timestamptz not null,
  ended_by text,
  ended_at timestamptz,
  row_version int8 not null,
  constraint snooze_ends_after_it_began check (until > added_at)
);
create index snooze_by_account on risk.snooze (account);

-- Nothing is deleted: an entry that is taken off stays, with who did it and why.
grant select, insert, update on risk.list_entry, risk.snooze to coffer_app;
grant select on risk.list_entry, risk.snooze to coffer_reader;
