-- Why: the shares of a day's income while it is credited, millions of rows worked out again
-- whenever they are needed: no WAL, no index, read by ranges of pages. Whoever uses it holds the
-- advisory lock of the income; a backup leaves it out.
-- Locks: none on existing tables. Takes: milliseconds.
create unlogged table ledger.share_out (
  account text not null,
  -- Where the account's row was when it was counted: found without its index while it is there.
  place tid not null,
  units int8 not null,
  weight int8 not null
);
grant select, insert, delete on ledger.share_out to coffer_app;

-- The server may empty this one table, and truncate no other.
create function ledger.clear_share_out() returns void language sql security definer
  set search_path = pg_catalog as 'truncate ledger.share_out';
revoke execute on function ledger.clear_share_out() from public;
grant execute on function ledger.clear_share_out() to coffer_app;
grant select on ledger.share_out to coffer_reader;
