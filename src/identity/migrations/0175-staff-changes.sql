-- Why: nobody gives a role alone. Each grant names who proposed and who approved it, and the
--   database holds that they are two, and that neither approves for himself.
-- Locks: identity.operator, briefly (a scan of a handful of rows). Takes: milliseconds.
alter table identity.operator
  add column granted_by text,
  add column seconded_by text,
  -- Both null: the host made him, as he may make the first two admins.
  add constraint operator_granted_by_two check (
    (granted_by is null and seconded_by is null)
    or (granted_by is not null and seconded_by is not null
      and granted_by <> seconded_by and seconded_by <> id)
  );

create table identity.staff_change (
  id text primary key,
  kind text not null check (kind in ('hire', 'roles', 'reset_factors')),
  operator_id text not null,
  login text not null,
  name text not null,
  roles jsonb not null,
  -- Of somebody to be hired; taken away when it is decided.
  password_hash text,
  reason text not null,
  state text not null check (state in ('open', 'done', 'declined')),
  proposed_by text not null,
  proposed_at timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  row_version int8 not null,
  check ((state = 'open') = (decided_by is null)),
  check (state <> 'done' or (decided_by <> proposed_by and decided_by <> operator_id))
);
create index staff_change_by_time on identity.staff_change (proposed_at);

-- How many hold the role admin: the host may appoint one as long as there are fewer than two.
create table identity.admin_count (
  id text primary key check (id = 'admins'),
  admins integer not null check (admins >= 0),
  row_version int8 not null
);
insert into identity.admin_count
  select 'admins', count(*), 1 from identity.operator where roles ? 'admin';

grant select, insert, update on identity.staff_change, identity.admin_count to coffer_app;
