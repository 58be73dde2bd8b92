-- Why: bulk credits look for closed accounts among the few there are, chunk by chunk.
-- Locks: ledger.account against writes while it is scanned once. Takes: 1 s per million accounts.
create index account_closed on ledger.account (id) where closed_at is not null;
