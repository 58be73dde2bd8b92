-- Why: statements of banks, and which of their lines our postings explain.
-- Locks: none on existing tables. Takes: milliseconds.
create schema reconciliation;

-- The state of one ledger account's reconciliation. `version` makes runs take turns.
create table reconciliation.book (
  account text primary key,
  version int8 not null,
  covered_from text not null,
  covered_to text not null,
  open_since text not null,
  row_version int8 not null,
  check (covered_from <= covered_to and open_since <= covered_to)
);

-- One imported file, known by its name for ever.
create table reconciliation.statement (
  name text primary key,
  account text not null,
  format text not null check (format in ('csv', 'camt.053')),
  digest text not null,
  from_date text not null,
  to_date text not null,
  opening int8,
  closing int8,
  lines integer not null check (lines >= 0),
  imported_at timestamptz not null,
  row_version int8 not null,
  check (from_date <= to_date)
);
create index statement_by_account on reconciliation.statement (account, from_date);

create table reconciliation.line (
  id text primary key,
  statement text not null,
  number integer not null,
  account text not null,
  date text not null,
  amount int8 not null check (amount <> 0),
  reference text,
  counterparty text,
  text text,
  unique (statement, number)
);
create index line_by_account on reconciliation.line (account, date);

-- Each line and each posting is explained once: that is the primary key.
create table reconciliation.matched (
  account text not null,
  member text not null,
  seq int8,
  match text not null,
  way text not null check (way in ('reference', 'amount', 'group', 'late', 'suspense')),
  difference int8 not null,
  at timestamptz not null,
  primary key (account, member)
);
create index matched_posting on reconciliation.matched (account, seq) where seq is not null;

-- A receipt whose owner is not known yet: its money lies in the ledger's 2130.
create table reconciliation.receipt (
  line text primary key,
  account text not null,
  amount int8 not null check (amount > 0),
  state text not null check (state in ('open', 'cleared')),
  opened_at timestamptz not null,
  cleared_at timestamptz,
  cleared_to text,
  row_version int8 not null,
  check ((state = 'cleared') = (cleared_at is not null and cleared_to is not null))
);
create index receipt_open on reconciliation.receipt (opened_at) where state = 'open';

grant usage on schema reconciliation to coffer_app, coffer_reader;
grant select, insert, update on reconciliation.book, reconciliation.statement,
  reconciliation.receipt to coffer_app;
-- What was imported and what was matched is never changed.
grant select, insert on reconciliation.line, reconciliation.matched to coffer_app;
grant select on all tables in schema reconciliation to coffer_reader;
