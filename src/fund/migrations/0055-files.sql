-- Why: the daily files of the exchange protocol: which have come or gone, as which bytes, how far
--   each was taken, where it differs from our books, and what the fund manager published.
-- Locks: none; everything is new.
-- How long: milliseconds.
create table fund.file (
  id text primary key,
  state text not null check (state in ('sent', 'received', 'parsed', 'applied')),
  type text not null check (type in ('03', '04', '05', '06', '07')),
  date text not null,
  sha_256 text not null check (length(sha_256) = 64),
  size integer not null check (size >= 0),
  faults integer not null check (faults >= 0),
  breaks integer not null check (breaks >= 0),
  seen_at timestamptz not null,
  parsed_at timestamptz,
  applied_at timestamptz,
  row_version int8 not null,
  check ((state = 'applied') = (applied_at is not null)),
  check (state not in ('sent', 'parsed', 'applied') or faults = 0)
);
comment on table fund.file is 'A file by its name; its bytes never change.';
create index file_by_date on fund.file (date, id);

create table fund.file_break (
  file text not null,
  line integer not null,
  field text not null,
  about text not null,
  ours text not null,
  theirs text not null,
  at timestamptz not null
);
comment on table fund.file_break is 'Where an applied file differs from our books.';
create index file_break_by_file on fund.file_break (file, line);

create table fund.quotation (
  id text primary key,
  file text not null,
  income_fen int8 not null,
  units int8 not null,
  per_10k int8 not null,
  yield_7d int8,
  person_daily_buy_fen int8 not null,
  person_daily_redeem_fen int8 not null,
  fund_daily_buy_fen int8 not null,
  row_version int8 not null
);
comment on table fund.quotation is 'A day as the fund manager published it in file 07.';
comment on column fund.quotation.person_daily_buy_fen is 'Limits in fen; 0: none announced.';

grant select, insert, update on fund.file, fund.quotation to coffer_app;
-- A break once found is never changed.
grant select, insert on fund.file_break to coffer_app;
grant select on fund.file, fund.file_break, fund.quotation to coffer_reader;
