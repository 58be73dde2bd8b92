-- Why: what staff find out about a payment says something about who got it. Which labels have been
-- followed to their payee and on to his neighbours is kept, so that each is followed once.
-- Locks: `risk.label` against writing while its index is built. Takes: milliseconds.
create table risk.followed_label (
  id text primary key,
  label text not null check (label in ('theft', 'scam', 'honest', 'inconclusive')),
  payee text,
  followed_at timestamptz not null,
  neighbours integer not null,
  row_version int8 not null
);
create index followed_label_by_payee on risk.followed_label (payee);
create index label_by_staff on risk.label (subject, known_at desc) where by like 'opr\_%';
grant select, insert, update on risk.followed_label to coffer_app;
grant select on risk.followed_label to coffer_reader;
