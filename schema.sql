-- The whole schema, for review: what the migrations make of an empty database.
-- Written by Coffer's own catalog query (src/database) and compared in a test: do not edit.

create schema cases;
grant usage on schema cases to coffer_app;
grant usage on schema cases to coffer_reader;

create table cases.review (
  id text not null,
  payment_id text not null,
  customer_id text not null,
  amount bigint not null,
  score integer not null,
  decision_id text,
  state text not null,
  opened_at timestamp with time zone not null,
  deadline timestamp with time zone not null,
  ended_at timestamp with time zone,
  decided_by text,
  label text,
  reason text,
  row_version bigint not null,
  constraint review_pkey PRIMARY KEY (id),
  constraint review_amount_check CHECK ((amount > 0)),
  constraint review_check CHECK (((state = 'open'::text) = (ended_at IS NULL))),
  constraint review_check1 CHECK (((state = 'open'::text) OR (reason IS NOT NULL))),
  constraint review_check2 CHECK (((state <> 'released'::text) OR (decided_by IS NOT NULL))),
  constraint review_check3 CHECK (((decided_by IS NULL) = (label IS NULL))),
  constraint review_label_check CHECK ((label = ANY (ARRAY['confirmed_theft'::text, 'false_alarm'::text, 'inconclusive'::text]))),
  constraint review_payment_id_key UNIQUE (payment_id),
  constraint review_score_check CHECK (((score >= 0) AND (score <= 100))),
  constraint review_state_check CHECK ((state = ANY (ARRAY['open'::text, 'released'::text, 'voided'::text, 'expired'::text])))
);
CREATE INDEX review_by_customer ON cases.review USING btree (customer_id, opened_at);
CREATE INDEX review_by_time ON cases.review USING btree (opened_at);
CREATE INDEX review_open ON cases.review USING btree (deadline) WHERE (state = 'open'::text);
grant insert, select, update on table cases.review to coffer_app;
grant select on table cases.review to coffer_reader;

create schema commit;
grant usage on schema commit to coffer_app;
grant usage on schema commit to coffer_reader;

create table commit.lane (
  shard integer not null,
  seq bigint not null,
  last_instant timestamp with time zone not null,
  next_number bigint not null,
  constraint lane_pkey PRIMARY KEY (shard)
);
grant insert, select, update on table commit.lane to coffer_app;
grant select on table commit.lane to coffer_reader;

create table commit.outbox (
  number bigint not null,
  topic text not null,
  payload jsonb,
  at timestamp with time zone not null,
  delivered_at timestamp with time zone,
  constraint outbox_pkey PRIMARY KEY (number)
);
CREATE INDEX outbox_waiting ON commit.outbox USING btree (number) WHERE (delivered_at IS NULL);
grant insert, select, update on table commit.outbox to coffer_app;
grant select on table commit.outbox to coffer_reader;

create table commit.request (
  id text not null,
  digest bigint not null,
  outcome text not null,
  at timestamp with time zone not null,
  row_version bigint not null,
  constraint request_pkey PRIMARY KEY (id)
);
grant insert, select on table commit.request to coffer_app;
grant select on table commit.request to coffer_reader;

create table commit.test_clock (
  id text not null,
  anchor_simulated timestamp with time zone not null,
  anchor_real timestamp with time zone not null,
  rate double precision not null,
  row_version bigint not null,
  constraint test_clock_pkey PRIMARY KEY (id)
);
grant insert, select, update on table commit.test_clock to coffer_app;
grant select on table commit.test_clock to coffer_reader;

CREATE OR REPLACE FUNCTION commit.refuse(what text)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'stale row in %', what using errcode = 'CF001';
end $function$;
grant execute on function commit.refuse(text) to public;

create schema database;
grant usage on schema database to coffer_app;
grant usage on schema database to coffer_reader;

create table database.migration (
  number integer not null,
  name text not null,
  digest text not null,
  applied_at timestamp with time zone not null default now(),
  constraint migration_pkey PRIMARY KEY (number)
);
comment on table database.migration is 'Applied migrations; digest is SHA-256 of the file.';
grant select on table database.migration to coffer_app;
grant select on table database.migration to coffer_reader;

create schema fund;
grant usage on schema fund to coffer_app;
grant usage on schema fund to coffer_reader;

create table fund.day (
  id text not null,
  state text not null,
  income_fen bigint not null,
  manager_units bigint not null,
  units bigint,
  per_10k bigint,
  yield_7d bigint,
  holders integer,
  chunks integer,
  chunks_done integer not null,
  credited_fen bigint not null,
  declared_at timestamp with time zone not null,
  credited_at timestamp with time zone,
  row_version bigint not null,
  constraint day_pkey PRIMARY KEY (id),
  constraint day_check CHECK (((state <> 'credited'::text) OR ((credited_fen = income_fen) AND (chunks_done = chunks)))),
  constraint day_state_check CHECK ((state = ANY (ARRAY['declared'::text, 'crediting'::text, 'credited'::text])))
);
comment on column fund.day.per_10k is 'Income of 10,000 units, in 0.0001 yuan; null without units.';
comment on column fund.day.yield_7d is '7-day annualised yield in 0.001 percent.';
grant insert, select, update on table fund.day to coffer_app;
grant select on table fund.day to coffer_reader;

create table fund.dealing_day (
  id text not null,
  state text not null,
  confirmation_day text not null,
  subscriptions bigint not null,
  redemptions bigint not null,
  fast bigint not null,
  bank_income bigint not null,
  closed_at timestamp with time zone not null,
  submitted_at timestamp with time zone,
  confirmed_at timestamp with time zone,
  fast_settled_at timestamp with time zone,
  paid_at timestamp with time zone,
  row_version bigint not null,
  returned bigint not null default 0,
  refused bigint not null default 0,
  deferred bigint not null default 0,
  constraint dealing_day_pkey PRIMARY KEY (id),
  constraint dealing_day_bank_income_check CHECK ((bank_income >= 0)),
  constraint dealing_day_check CHECK (((returned >= 0) AND (returned <= subscriptions))),
  constraint dealing_day_check1 CHECK (((refused >= 0) AND (refused <= redemptions))),
  constraint dealing_day_deferred_check CHECK ((deferred >= 0)),
  constraint dealing_day_fast_check CHECK ((fast >= 0)),
  constraint dealing_day_redemptions_check CHECK ((redemptions >= 0)),
  constraint dealing_day_state_check CHECK ((state = ANY (ARRAY['closed'::text, 'collected'::text, 'submitted'::text, 'confirming'::text, 'confirmed'::text, 'paying'::text, 'paid'::text, 'rejecting'::text, 'rejected'::text]))),
  constraint dealing_day_subscriptions_check CHECK ((subscriptions >= 0))
);
comment on column fund.dealing_day.returned is 'Of the subscriptions, what the fund did not take.';
comment on column fund.dealing_day.refused is 'Of the redemptions, what the fund did not confirm.';
comment on column fund.dealing_day.deferred is 'What the gate moved to the next dealing day.';
comment on column fund.dealing_day.fast is 'Advanced redemptions that the fund pays for this day.';
comment on column fund.dealing_day.bank_income is 'Income of the bank, redeemed with its units.';
grant insert, select, update on table fund.dealing_day to coffer_app;
grant select on table fund.dealing_day to coffer_reader;

create table fund.file (
  id text not null,
  state text not null,
  type text not null,
  date text not null,
  sha_256 text not null,
  size integer not null,
  faults integer not null,
  breaks integer not null,
  seen_at timestamp with time zone not null,
  parsed_at timestamp with time zone,
  applied_at timestamp with time zone,
  row_version bigint not null,
  constraint file_pkey PRIMARY KEY (id),
  constraint file_breaks_check CHECK ((breaks >= 0)),
  constraint file_check CHECK (((state = 'applied'::text) = (applied_at IS NOT NULL))),
  constraint file_check1 CHECK (((state <> ALL (ARRAY['sent'::text, 'parsed'::text, 'applied'::text])) OR (faults = 0))),
  constraint file_faults_check CHECK ((faults >= 0)),
  constraint file_sha_256_check CHECK ((length(sha_256) = 64)),
  constraint file_size_check CHECK ((size >= 0)),
  constraint file_state_check CHECK ((state = ANY (ARRAY['sent'::text, 'received'::text, 'parsed'::text, 'applied'::text]))),
  constraint file_type_check CHECK ((type = ANY (ARRAY['03'::text, '04'::text, '05'::text, '06'::text, '07'::text])))
);
CREATE INDEX file_by_date ON fund.file USING btree (date, id);
comment on table fund.file is 'A file by its name; its bytes never change.';
grant insert, select, update on table fund.file to coffer_app;
grant select on table fund.file to coffer_reader;

create table fund.file_break (
  file text not null,
  line integer not null,
  field text not null,
  about text not null,
  ours text not null,
  theirs text not null,
  at timestamp with time zone not null
);
CREATE INDEX file_break_by_file ON fund.file_break USING btree (file, line);
comment on table fund.file_break is 'Where an applied file differs from our books.';
grant insert, select on table fund.file_break to coffer_app;
grant select on table fund.file_break to coffer_reader;

create table fund.holder (
  id text not null,
  subscription_date text not null,
  subscribed_on_date bigint not null,
  row_version bigint not null,
  fast_date text not null default ''::text,
  fast_on_date bigint not null default 0,
  redeem_date text not null default ''::text,
  redeemed_on_date bigint not null default 0,
  constraint holder_pkey PRIMARY KEY (id),
  constraint holder_fast_on_date_check CHECK ((fast_on_date >= 0)),
  constraint holder_redeemed_on_date_check CHECK ((redeemed_on_date >= 0)),
  constraint holder_subscribed_on_date_check CHECK ((subscribed_on_date >= 0))
);
comment on table fund.holder is 'What a customer has subscribed on one local day, for the cap.';
comment on column fund.holder.fast_on_date is 'Redeemed fast to a card on fast_date, for the cap.';
comment on column fund.holder.redeemed_on_date is 'Redeemed normally on redeem_date, for the limit that the fund manager announces.';
grant insert, select, update on table fund.holder to coffer_app;
grant select on table fund.holder to coffer_reader;

create table fund.order (
  id text not null,
  customer_id text not null,
  kind text not null,
  amount bigint not null,
  state text not null,
  placed_at timestamp with time zone not null,
  dealing_day text not null,
  confirmation_day text not null,
  payment_id text,
  decision_id text,
  expires_at timestamp with time zone,
  confirmed_at timestamp with time zone,
  ended_at timestamp with time zone,
  row_version bigint not null,
  confirmed_amount bigint,
  deferred_amount bigint not null default 0,
  deferred_from text,
  loss_amount bigint not null default 0,
  constraint order_pkey PRIMARY KEY (id),
  constraint order_amount_check CHECK ((amount > 0)),
  constraint order_confirmed_in_part CHECK (((confirmed_amount >= 0) AND (confirmed_amount <= amount))),
  constraint order_deferred_in_part CHECK (((deferred_amount >= 0) AND (deferred_amount <= amount))),
  constraint order_kind_check CHECK ((kind = ANY (ARRAY['subscription'::text, 'fast_redemption'::text, 'normal_redemption'::text]))),
  constraint order_lost_in_part CHECK (((loss_amount >= 0) AND ((deferred_amount + loss_amount) <= amount))),
  constraint order_state_check CHECK ((state = ANY (ARRAY['accepted'::text, 'advanced'::text, 'confirmed'::text, 'paid'::text, 'settled'::text, 'rejected'::text, 'cancelled'::text, 'deferred'::text, 'challenged'::text, 'denied'::text, 'lapsed'::text])))
);
CREATE INDEX order_advanced ON fund."order" USING btree (dealing_day, id) WHERE (state = 'advanced'::text);
CREATE INDEX order_by_confirmed ON fund."order" USING btree (confirmed_at) WHERE (confirmed_at IS NOT NULL);
CREATE INDEX order_by_customer ON fund."order" USING btree (customer_id, placed_at DESC, id);
CREATE INDEX order_by_dealing_day ON fund."order" USING btree (dealing_day, id);
CREATE INDEX order_by_placed ON fund."order" USING btree (placed_at);
comment on table fund."order" is 'A customer''s wish to move money into or out of the fund.';
comment on column fund."order".confirmed_amount is 'What the fund confirmed where that was not all of it; the rest went back.';
comment on column fund."order".deferred_amount is 'What the redemption gate moved on, into an order of the next dealing day.';
comment on column fund."order".deferred_from is 'The order whose deferred part this one is.';
comment on column fund."order".loss_amount is 'Of a redemption, units that a loss took before the fund was asked for them.';

create table fund.quotation (
  id text not null,
  file text not null,
  income_fen bigint not null,
  units bigint not null,
  per_10k bigint not null,
  yield_7d bigint,
  person_daily_buy_fen bigint not null,
  person_daily_redeem_fen bigint not null,
  fund_daily_buy_fen bigint not null,
  row_version bigint not null,
  constraint quotation_pkey PRIMARY KEY (id)
);
comment on table fund.quotation is 'A day as the fund manager published it in file 07.';
comment on column fund.quotation.person_daily_buy_fen is 'Limits in fen; 0: none announced.';
grant insert, select, update on table fund.quotation to coffer_app;
grant select on table fund.quotation to coffer_reader;

create table fund.shadow_price (
  id text not null,
  deviation bigint not null,
  alert text not null,
  recorded_at timestamp with time zone not null,
  row_version bigint not null,
  constraint shadow_price_pkey PRIMARY KEY (id),
  constraint shadow_price_alert_check CHECK ((alert = ANY (ARRAY['none'::text, 'watch'::text, 'limit'::text])))
);
comment on table fund.shadow_price is 'Market value of the fund''s assets per unit, by day.';
grant insert, select, update on table fund.shadow_price to coffer_app;
grant select on table fund.shadow_price to coffer_reader;

create table fund.standing_order (
  id text not null,
  keep_fen bigint not null,
  active boolean not null,
  set_at timestamp with time zone not null,
  done_on text not null,
  row_version bigint not null,
  constraint standing_order_pkey PRIMARY KEY (id),
  constraint standing_order_keep_fen_check CHECK ((keep_fen >= 0))
);
CREATE INDEX standing_order_due ON fund.standing_order USING btree (done_on, id) WHERE active;
comment on table fund.standing_order is 'What a customer''s wallet keeps; the rest goes in daily.';
grant insert, select, update on table fund.standing_order to coffer_app;
grant select on table fund.standing_order to coffer_reader;

create table fund.status (
  id text not null,
  shadow_date text,
  deviation bigint,
  suspended boolean not null,
  suspended_at timestamp with time zone,
  own_quota_fen bigint,
  own_gate_per_mille integer,
  quota_date text not null,
  quota_used_fen bigint not null,
  row_version bigint not null,
  announced_on text not null default ''::text,
  announced_person_buy_fen bigint,
  announced_person_redeem_fen bigint,
  announced_fund_buy_fen bigint,
  constraint status_pkey PRIMARY KEY (id),
  constraint status_announced_fund_buy_fen_check CHECK ((announced_fund_buy_fen > 0)),
  constraint status_announced_person_buy_fen_check CHECK ((announced_person_buy_fen > 0)),
  constraint status_announced_person_redeem_fen_check CHECK ((announced_person_redeem_fen > 0)),
  constraint status_id_check CHECK ((id = 'fund'::text)),
  constraint status_own_gate_per_mille_check CHECK (((own_gate_per_mille >= 1) AND (own_gate_per_mille <= 1000))),
  constraint status_own_quota_fen_check CHECK ((own_quota_fen > 0)),
  constraint status_quota_used_fen_check CHECK ((quota_used_fen >= 0))
);
comment on table fund.status is 'Whether the fund takes subscriptions, and its own limits.';
comment on column fund.status.announced_on is 'Day of the file 07 whose limits are in force; empty before the first.';
comment on column fund.status.deviation is 'Shadow price against 1.00, in millionths.';
grant insert, select, update on table fund.status to coffer_app;
grant select on table fund.status to coffer_reader;

create table fund.transfer (
  id text not null,
  number bigint not null,
  from_account text not null,
  to_account text not null,
  amount bigint not null,
  state text not null,
  attempt integer not null,
  created_at timestamp with time zone not null,
  moved_at timestamp with time zone,
  row_version bigint not null,
  constraint transfer_pkey PRIMARY KEY (id),
  constraint transfer_amount_check CHECK ((amount > 0)),
  constraint transfer_attempt_check CHECK ((attempt >= 1)),
  constraint transfer_check CHECK (((state = 'moved'::text) = (moved_at IS NOT NULL))),
  constraint transfer_number_key UNIQUE (number),
  constraint transfer_state_check CHECK ((state = ANY (ARRAY['due'::text, 'moved'::text])))
);
CREATE INDEX transfer_due ON fund.transfer USING btree (number) WHERE (state = 'due'::text);
comment on table fund.transfer is 'Money booked as moved between our banks, and whether it has.';
grant insert, select, update on table fund.transfer to coffer_app;
grant select on table fund.transfer to coffer_reader;

create schema guarantee;
grant usage on schema guarantee to coffer_app;
grant usage on schema guarantee to coffer_reader;

create table guarantee.approval (
  claim_id text not null,
  decision text not null,
  amount bigint not null,
  maker text not null,
  maker_reason text not null,
  made_at timestamp with time zone not null,
  checker text not null,
  checker_reason text not null,
  at timestamp with time zone not null,
  constraint approval_pkey PRIMARY KEY (claim_id),
  constraint approval_amount_check CHECK ((amount >= 0)),
  constraint approval_decision_check CHECK ((decision = ANY (ARRAY['approve'::text, 'decline'::text]))),
  constraint approval_needs_two_persons CHECK ((maker <> checker))
);
grant insert, select on table guarantee.approval to coffer_app;
grant select on table guarantee.approval to coffer_reader;

create table guarantee.claim (
  id text not null,
  report_id text not null,
  customer_id text not null,
  cover_id text,
  lost_on text not null,
  pack text not null,
  pack_version text not null,
  state text not null,
  principal_lost bigint not null,
  recovered bigint not null,
  principal_accepted bigint not null,
  principal_paid bigint not null,
  missed jsonb not null,
  rebuy_order_id text,
  rebought bigint not null,
  earns_from text,
  income_missed bigint,
  income_paid bigint not null,
  paid_by_insurer bigint not null,
  paid_by_operator bigint not null,
  reserve bigint not null,
  clocks jsonb not null,
  next_due_at timestamp with time zone,
  evidence jsonb not null,
  decision text,
  maker text,
  maker_reason text,
  decided_at timestamp with time zone,
  checker text,
  checker_reason text,
  checked_at timestamp with time zone,
  opened_at timestamp with time zone not null,
  paid_at timestamp with time zone,
  closed_at timestamp with time zone,
  row_version bigint not null,
  constraint claim_pkey PRIMARY KEY (id),
  constraint claim_check CHECK (((recovered >= 0) AND (recovered <= principal_lost))),
  constraint claim_check1 CHECK (((principal_paid >= 0) AND (principal_paid <= principal_accepted))),
  constraint claim_check2 CHECK ((maker <> checker)),
  constraint claim_check3 CHECK (((state <> ALL (ARRAY['second_approval'::text, 'paid'::text, 'recovering'::text, 'closed'::text, 'declined'::text])) OR ((maker IS NOT NULL) AND (checker IS NOT NULL)))),
  constraint claim_check4 CHECK (((recovered + principal_paid) <= principal_lost)),
  constraint claim_check5 CHECK ((income_paid <= COALESCE(income_missed, (0)::bigint))),
  constraint claim_check6 CHECK (((paid_by_insurer + paid_by_operator) = (principal_paid + income_paid))),
  constraint claim_check7 CHECK (((state <> 'closed'::text) OR (((recovered + principal_paid) = principal_lost) AND (income_paid = income_missed)))),
  constraint claim_check8 CHECK (((state = ANY (ARRAY['closed'::text, 'declined'::text])) = (closed_at IS NOT NULL))),
  constraint claim_decision_check CHECK ((decision = ANY (ARRAY['approve'::text, 'decline'::text]))),
  constraint claim_income_missed_check CHECK ((income_missed >= 0)),
  constraint claim_income_paid_check CHECK ((income_paid >= 0)),
  constraint claim_paid_by_insurer_check CHECK ((paid_by_insurer >= 0)),
  constraint claim_paid_by_operator_check CHECK ((paid_by_operator >= 0)),
  constraint claim_principal_accepted_check CHECK ((principal_accepted >= 0)),
  constraint claim_principal_lost_check CHECK ((principal_lost >= 0)),
  constraint claim_rebought_check CHECK ((rebought >= 0)),
  constraint claim_report_id_key UNIQUE (report_id),
  constraint claim_reserve_check CHECK ((reserve >= 0)),
  constraint claim_state_check CHECK ((state = ANY (ARRAY['notified'::text, 'investigating'::text, 'decided'::text, 'second_approval'::text, 'paid'::text, 'recovering'::text, 'closed'::text, 'declined'::text])))
);
CREATE INDEX claim_by_customer ON guarantee.claim USING btree (customer_id, opened_at);
CREATE INDEX claim_open ON guarantee.claim USING btree (next_due_at) WHERE (closed_at IS NULL);
grant insert, select, update on table guarantee.claim to coffer_app;
grant select on table guarantee.claim to coffer_reader;

create table guarantee.claim_step (
  claim_id text not null,
  from_state text,
  to_state text not null,
  reserve bigint not null,
  by text not null,
  note text not null,
  at timestamp with time zone not null,
  constraint claim_step_reserve_check CHECK ((reserve >= 0))
);
CREATE INDEX claim_step_by_claim ON guarantee.claim_step USING btree (claim_id, at);
grant insert, select on table guarantee.claim_step to coffer_app;
grant select on table guarantee.claim_step to coffer_reader;

create table guarantee.cover (
  id text not null,
  insurer text not null,
  starts_on text not null,
  ends_on text not null,
  per_event_limit bigint not null,
  aggregate_limit bigint not null,
  deductible bigint not null,
  premium_per_million bigint not null,
  bound_at timestamp with time zone not null,
  row_version bigint not null,
  constraint cover_pkey PRIMARY KEY (id),
  constraint cover_aggregate_limit_check CHECK ((aggregate_limit > 0)),
  constraint cover_check CHECK ((starts_on <= ends_on)),
  constraint cover_deductible_check CHECK ((deductible >= 0)),
  constraint cover_per_event_limit_check CHECK ((per_event_limit > 0)),
  constraint cover_premium_per_million_check CHECK ((premium_per_million >= 0))
);
grant insert, select, update on table guarantee.cover to coffer_app;
grant select on table guarantee.cover to coffer_reader;

create table guarantee.dispute (
  id text not null,
  report_id text not null,
  customer_id text not null,
  amount bigint not null,
  found text not null,
  at timestamp with time zone not null,
  row_version bigint not null,
  constraint dispute_pkey PRIMARY KEY (id),
  constraint dispute_amount_check CHECK ((amount > 0)),
  constraint dispute_found_check CHECK ((found = ANY (ARRAY['left'::text, 'on_hold'::text, 'not_moved'::text])))
);
CREATE INDEX dispute_by_report ON guarantee.dispute USING btree (report_id);
grant insert, select on table guarantee.dispute to coffer_app;
grant select on table guarantee.dispute to coffer_reader;

create table guarantee.premium (
  id text not null,
  cover_id text not null,
  month text not null,
  accounts bigint not null,
  amount bigint not null,
  state text not null,
  accrued_at timestamp with time zone not null,
  paid_at timestamp with time zone,
  row_version bigint not null,
  constraint premium_pkey PRIMARY KEY (id),
  constraint premium_accounts_check CHECK ((accounts >= 0)),
  constraint premium_amount_check CHECK ((amount >= 0)),
  constraint premium_check CHECK (((state = 'paid'::text) = (paid_at IS NOT NULL))),
  constraint premium_state_check CHECK ((state = ANY (ARRAY['accrued'::text, 'paid'::text])))
);
grant insert, select, update on table guarantee.premium to coffer_app;
grant select on table guarantee.premium to coffer_reader;

create table guarantee.recall (
  id text not null,
  report_id text not null,
  claim_id text,
  customer_id text not null,
  payment_id text not null,
  payee text not null,
  wanted bigint not null,
  secured bigint not null,
  to_insurer bigint not null,
  hops integer not null,
  state text not null,
  started_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  row_version bigint not null,
  constraint recall_pkey PRIMARY KEY (id),
  constraint recall_check CHECK (((secured >= 0) AND (secured <= wanted))),
  constraint recall_check1 CHECK (((to_insurer >= 0) AND (to_insurer <= secured))),
  constraint recall_check2 CHECK (((state = 'open'::text) = (ended_at IS NULL))),
  constraint recall_hops_check CHECK ((hops >= 0)),
  constraint recall_payment_id_key UNIQUE (payment_id),
  constraint recall_state_check CHECK ((state = ANY (ARRAY['open'::text, 'secured'::text, 'partly_secured'::text, 'ended'::text]))),
  constraint recall_wanted_check CHECK ((wanted > 0))
);
CREATE INDEX recall_by_report ON guarantee.recall USING btree (report_id);
CREATE INDEX recall_open ON guarantee.recall USING btree (started_at) WHERE (state = 'open'::text);
grant insert, select, update on table guarantee.recall to coffer_app;
grant select on table guarantee.recall to coffer_reader;

create table guarantee.recall_hop (
  recall_id text not null,
  hop integer not null,
  payee text not null,
  payment_id text not null,
  wanted bigint not null,
  secured bigint not null,
  beneficiary text not null,
  entry bigint,
  at timestamp with time zone not null,
  constraint recall_hop_pkey PRIMARY KEY (recall_id, payment_id, payee),
  constraint recall_hop_beneficiary_check CHECK ((beneficiary = ANY (ARRAY['victim'::text, 'insurer'::text]))),
  constraint recall_hop_check CHECK (((secured >= 0) AND (secured <= wanted))),
  constraint recall_hop_hop_check CHECK ((hop > 0)),
  constraint recall_hop_wanted_check CHECK ((wanted >= 0))
);
grant insert, select on table guarantee.recall_hop to coffer_app;
grant select on table guarantee.recall_hop to coffer_reader;

create table guarantee.report (
  id text not null,
  customer_id text not null,
  reported_at timestamp with time zone not null,
  payment_ids jsonb not null,
  note text,
  disputed bigint not null,
  stopped bigint not null,
  lost bigint not null,
  claim_id text,
  row_version bigint not null,
  constraint report_pkey PRIMARY KEY (id),
  constraint report_check CHECK (((stopped + lost) = disputed)),
  constraint report_claim_id_key UNIQUE (claim_id),
  constraint report_disputed_check CHECK ((disputed > 0)),
  constraint report_lost_check CHECK ((lost >= 0)),
  constraint report_stopped_check CHECK ((stopped >= 0))
);
CREATE INDEX report_by_customer ON guarantee.report USING btree (customer_id, reported_at);
grant insert, select on table guarantee.report to coffer_app;
grant select on table guarantee.report to coffer_reader;

create schema identity;
grant usage on schema identity to coffer_app;
grant usage on schema identity to coffer_reader;

create table identity.admin_count (
  id text not null,
  admins integer not null,
  row_version bigint not null,
  constraint admin_count_pkey PRIMARY KEY (id),
  constraint admin_count_admins_check CHECK ((admins >= 0)),
  constraint admin_count_id_check CHECK ((id = 'admins'::text))
);
grant insert, select, update on table identity.admin_count to coffer_app;

create table identity.audit (
  number bigint not null,
  operator_id text not null,
  roles text not null,
  action text not null,
  subject text not null,
  reason text,
  outcome text not null,
  at timestamp with time zone not null,
  previous text not null,
  hash text not null,
  constraint audit_pkey PRIMARY KEY (number),
  constraint audit_number_check CHECK ((number > 0)),
  constraint audit_previous_key UNIQUE (previous)
);
grant insert, select on table identity.audit to coffer_app;
grant select on table identity.audit to coffer_reader;

create table identity.audit_head (
  id text not null,
  number bigint not null,
  hash text not null,
  row_version bigint not null,
  constraint audit_head_pkey PRIMARY KEY (id),
  constraint audit_head_id_check CHECK ((id = 'head'::text))
);
grant insert, select, update on table identity.audit_head to coffer_app;
grant select on table identity.audit_head to coffer_reader;

create table identity.challenge_count (
  id text not null,
  opened integer not null,
  since timestamp with time zone not null,
  row_version bigint not null,
  constraint challenge_count_pkey PRIMARY KEY (id),
  constraint challenge_count_opened_check CHECK ((opened >= 0))
);
grant insert, select, update on table identity.challenge_count to coffer_app;

create table identity.code (
  id text not null,
  purpose text not null,
  digest text not null,
  issued_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  tries_left integer not null,
  used_at timestamp with time zone,
  sent_in_window integer not null,
  window_from timestamp with time zone not null,
  row_version bigint not null,
  constraint code_pkey PRIMARY KEY (id),
  constraint code_purpose_check CHECK ((purpose = ANY (ARRAY['sign_up'::text, 'sign_in'::text, 'reset'::text]))),
  constraint code_tries_left_check CHECK ((tries_left >= 0))
);
grant insert, select, update on table identity.code to coffer_app;

create table identity.credential (
  id text not null,
  password_hash text not null,
  row_version bigint not null,
  constraint credential_pkey PRIMARY KEY (id)
);
grant insert, select, update on table identity.credential to coffer_app;

create table identity.customer (
  id text not null,
  kind text not null,
  name text not null,
  phone text not null,
  email text,
  id_number_hash text,
  created_at timestamp with time zone not null,
  status text not null,
  frozen_at timestamp with time zone,
  frozen_by text,
  frozen_reason text,
  password_changed_at timestamp with time zone,
  last_reset_at timestamp with time zone,
  sessions_ended_at timestamp with time zone,
  forwarding text not null,
  sim_swap text not null,
  silence text not null,
  sms_observed_at timestamp with time zone,
  sms_signal_at timestamp with time zone,
  failed_sign_ins integer not null,
  failed_since timestamp with time zone,
  last_sign_in_at timestamp with time zone,
  last_active_at timestamp with time zone,
  device_customers integer not null,
  row_version bigint not null,
  real_name_checked_at timestamp with time zone,
  constraint customer_pkey PRIMARY KEY (id),
  constraint customer_check CHECK (((status = 'frozen'::text) = (frozen_at IS NOT NULL))),
  constraint customer_failed_sign_ins_check CHECK ((failed_sign_ins >= 0)),
  constraint customer_forwarding_check CHECK ((forwarding = ANY (ARRAY['yes'::text, 'no'::text, 'unknown'::text]))),
  constraint customer_frozen_by_check CHECK ((frozen_by = ANY (ARRAY['customer'::text, 'report'::text, 'operator'::text]))),
  constraint customer_kind_check CHECK ((kind = ANY (ARRAY['person'::text, 'merchant'::text]))),
  constraint customer_phone_check CHECK ((phone ~ '^\+[1-9][0-9]{4,14}$'::text)),
  constraint customer_silence_check CHECK ((silence = ANY (ARRAY['yes'::text, 'no'::text, 'unknown'::text]))),
  constraint customer_sim_swap_check CHECK ((sim_swap = ANY (ARRAY['yes'::text, 'no'::text, 'unknown'::text]))),
  constraint customer_status_check CHECK ((status = ANY (ARRAY['active'::text, 'frozen'::text])))
);
CREATE INDEX customer_by_creation ON identity.customer USING btree (created_at);
comment on column identity.customer.real_name_checked_at is 'When a register of persons knew name and ID number together; null: nobody has said so.';
grant insert, select, update on table identity.customer to coffer_app;
grant select on table identity.customer to coffer_reader;

create table identity.device (
  id text not null,
  customer_id text not null,
  device_id text not null,
  name text not null,
  added_at timestamp with time zone not null,
  added_by text not null,
  trusted_from timestamp with time zone,
  last_seen_at timestamp with time zone not null,
  row_version bigint not null,
  constraint device_pkey PRIMARY KEY (id),
  constraint device_added_by_check CHECK ((added_by = ANY (ARRAY['sign_up'::text, 'sign_in'::text, 'reset'::text]))),
  constraint device_check CHECK ((id = ((customer_id || '/'::text) || device_id)))
);
CREATE INDEX device_by_customer ON identity.device USING btree (customer_id);
CREATE INDEX device_by_device ON identity.device USING btree (device_id);
grant insert, select, update on table identity.device to coffer_app;
grant select on table identity.device to coffer_reader;

create table identity.device_key (
  id text not null,
  customer_id text not null,
  public_key text not null,
  added_at timestamp with time zone not null,
  row_version bigint not null,
  constraint device_key_pkey PRIMARY KEY (id)
);
grant insert, select, update on table identity.device_key to coffer_app;

create table identity.device_use (
  id text not null,
  customers_seen integer not null,
  first_seen_at timestamp with time zone not null,
  row_version bigint not null,
  constraint device_use_pkey PRIMARY KEY (id)
);
grant insert, select, update on table identity.device_use to coffer_app;
grant select on table identity.device_use to coffer_reader;

create table identity.operator (
  id text not null,
  login text not null,
  name text not null,
  roles jsonb not null,
  password_hash text not null,
  created_at timestamp with time zone not null,
  last_sign_in_at timestamp with time zone,
  row_version bigint not null,
  factor_since timestamp with time zone,
  sessions_ended_at timestamp with time zone,
  granted_by text,
  seconded_by text,
  constraint operator_pkey PRIMARY KEY (id),
  constraint operator_granted_by_two CHECK ((((granted_by IS NULL) AND (seconded_by IS NULL)) OR ((granted_by IS NOT NULL) AND (seconded_by IS NOT NULL) AND (granted_by <> seconded_by) AND (seconded_by <> id))))
);
grant insert, select, update on table identity.operator to coffer_app;

create table identity.operator_attempts (
  id text not null,
  failures integer not null,
  since timestamp with time zone not null,
  row_version bigint not null,
  constraint operator_attempts_pkey PRIMARY KEY (id),
  constraint operator_attempts_failures_check CHECK ((failures >= 0))
);
comment on table identity.operator_attempts is 'Failed sign-ins by login (login/…), a member of staff’s or nobody’s, and by network (net/…).';
grant insert, select, update on table identity.operator_attempts to coffer_app;

create table identity.operator_login (
  id text not null,
  operator_id text not null,
  row_version bigint not null,
  constraint operator_login_pkey PRIMARY KEY (id)
);
grant insert, select, update on table identity.operator_login to coffer_app;

create table identity.operator_passkey (
  id text not null,
  operator_id text not null,
  public_key text not null,
  counter bigint not null,
  name text not null,
  added_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  removed_at timestamp with time zone,
  row_version bigint not null,
  constraint operator_passkey_pkey PRIMARY KEY (id),
  constraint operator_passkey_counter_check CHECK ((counter >= 0))
);
CREATE INDEX operator_passkey_by_operator ON identity.operator_passkey USING btree (operator_id, added_at);
grant insert, select, update on table identity.operator_passkey to coffer_app;

create table identity.operator_session (
  id text not null,
  operator_id text not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  row_version bigint not null,
  proof text not null default 'none'::text,
  constraint operator_session_pkey PRIMARY KEY (id),
  constraint operator_session_proof_check CHECK ((proof = ANY (ARRAY['none'::text, 'totp'::text, 'passkey'::text])))
);
grant insert, select, update on table identity.operator_session to coffer_app;

create table identity.passkey (
  id text not null,
  customer_id text not null,
  public_key text not null,
  counter bigint not null,
  name text not null,
  transports text not null,
  backed_up boolean not null,
  added_at timestamp with time zone not null,
  added_on text not null,
  last_used_at timestamp with time zone,
  removed_at timestamp with time zone,
  row_version bigint not null,
  constraint passkey_pkey PRIMARY KEY (id),
  constraint passkey_counter_check CHECK ((counter >= 0))
);
CREATE INDEX passkey_by_customer ON identity.passkey USING btree (customer_id, added_at);
grant insert, select, update on table identity.passkey to coffer_app;

create table identity.phone (
  id text not null,
  customer_id text not null,
  row_version bigint not null,
  constraint phone_pkey PRIMARY KEY (id)
);
grant insert, select, update on table identity.phone to coffer_app;
grant select on table identity.phone to coffer_reader;

create table identity.recovery_code (
  id text not null,
  generation integer not null,
  used_at timestamp with time zone,
  row_version bigint not null,
  constraint recovery_code_pkey PRIMARY KEY (id)
);
grant insert, select, update on table identity.recovery_code to coffer_app;

create table identity.recovery_set (
  id text not null,
  generation integer not null,
  made_at timestamp with time zone not null,
  codes_left integer not null,
  failures integer not null,
  failed_since timestamp with time zone,
  row_version bigint not null,
  constraint recovery_set_pkey PRIMARY KEY (id),
  constraint recovery_set_codes_left_check CHECK ((codes_left >= 0)),
  constraint recovery_set_failures_check CHECK ((failures >= 0)),
  constraint recovery_set_generation_check CHECK ((generation > 0))
);
grant insert, select, update on table identity.recovery_set to coffer_app;

create table identity.reset_wait (
  id text not null,
  opened_at timestamp with time zone not null,
  used_at timestamp with time zone,
  row_version bigint not null,
  constraint reset_wait_pkey PRIMARY KEY (id)
);
comment on table identity.reset_wait is 'By customer and device (cus_…/dev_…): the last wait.';
grant insert, select, update on table identity.reset_wait to coffer_app;

create table identity.session (
  id text not null,
  customer_id text not null,
  device_id text not null,
  network text not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  entry text not null,
  proof text not null,
  row_version bigint not null,
  replaced_by text,
  constraint session_pkey PRIMARY KEY (id),
  constraint session_entry_check CHECK ((entry = ANY (ARRAY['password'::text, 'reset'::text, 'sign_up'::text, 'passkey'::text]))),
  constraint session_proof_check CHECK ((proof = ANY (ARRAY['password'::text, 'sms'::text, 'trusted_device'::text, 'passkey'::text, 'totp'::text, 'recovery_code'::text])))
);
CREATE INDEX session_by_customer ON identity.session USING btree (customer_id, created_at);
grant insert, select, update on table identity.session to coffer_app;

create table identity.sign_in_attempts (
  id text not null,
  failures integer not null,
  since timestamp with time zone not null,
  row_version bigint not null,
  constraint sign_in_attempts_pkey PRIMARY KEY (id)
);
grant insert, select, update on table identity.sign_in_attempts to coffer_app;

create table identity.sign_in_challenge (
  id text not null,
  customer_id text not null,
  device_id text not null,
  device_name text not null,
  kind text not null,
  opened_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  approved_at timestamp with time zone,
  approved_on text,
  used_at timestamp with time zone,
  row_version bigint not null,
  constraint sign_in_challenge_pkey PRIMARY KEY (id),
  constraint sign_in_challenge_kind_check CHECK ((kind = ANY (ARRAY['sms_code'::text, 'trusted_device'::text, 'totp'::text])))
);
CREATE INDEX sign_in_challenge_by_customer ON identity.sign_in_challenge USING btree (customer_id, opened_at);
grant insert, select, update on table identity.sign_in_challenge to coffer_app;
grant select on table identity.sign_in_challenge to coffer_reader;

create table identity.sms_watch (
  id text not null,
  codes jsonb not null,
  raised_at timestamp with time zone,
  row_version bigint not null,
  constraint sms_watch_pkey PRIMARY KEY (id)
);
comment on table identity.sms_watch is 'By phone number (E.164): the last codes sent to it.';
comment on column identity.sms_watch.codes is 'Texts as keyed hashes; instants in epoch ms.';
grant insert, select, update on table identity.sms_watch to coffer_app;

create table identity.spent_challenge (
  id text not null,
  purpose text not null,
  customer_id text not null,
  spent_at timestamp with time zone not null,
  row_version bigint not null,
  constraint spent_challenge_pkey PRIMARY KEY (id),
  constraint spent_challenge_purpose_check CHECK ((purpose = ANY (ARRAY['passkey'::text, 'sign_in'::text, 'payment'::text, 'operator_passkey'::text, 'operator_sign_in'::text])))
);
grant insert, select, update on table identity.spent_challenge to coffer_app;

create table identity.staff_change (
  id text not null,
  kind text not null,
  operator_id text not null,
  login text not null,
  name text not null,
  roles jsonb not null,
  password_hash text,
  reason text not null,
  state text not null,
  proposed_by text not null,
  proposed_at timestamp with time zone not null,
  decided_by text,
  decided_at timestamp with time zone,
  row_version bigint not null,
  constraint staff_change_pkey PRIMARY KEY (id),
  constraint staff_change_check CHECK (((state = 'open'::text) = (decided_by IS NULL))),
  constraint staff_change_check1 CHECK (((state <> 'done'::text) OR ((decided_by <> proposed_by) AND (decided_by <> operator_id)))),
  constraint staff_change_kind_check CHECK ((kind = ANY (ARRAY['hire'::text, 'roles'::text, 'reset_factors'::text]))),
  constraint staff_change_state_check CHECK ((state = ANY (ARRAY['open'::text, 'done'::text, 'declined'::text])))
);
CREATE INDEX staff_change_by_time ON identity.staff_change USING btree (proposed_at);
grant insert, select, update on table identity.staff_change to coffer_app;

create table identity.totp (
  id text not null,
  sealed_secret text not null,
  added_at timestamp with time zone not null,
  confirmed_at timestamp with time zone,
  last_step bigint not null,
  failures integer not null,
  failed_since timestamp with time zone,
  row_version bigint not null,
  constraint totp_pkey PRIMARY KEY (id),
  constraint totp_failures_check CHECK ((failures >= 0))
);
grant insert, select, update on table identity.totp to coffer_app;

create schema ledger;
grant usage on schema ledger to coffer_app;
grant usage on schema ledger to coffer_reader;

create table ledger.account (
  id text not null,
  code text not null,
  owner text,
  book text not null,
  side text not null,
  not_negative boolean not null,
  ceiling bigint,
  debits_posted bigint not null,
  credits_posted bigint not null,
  debits_pending bigint not null,
  credits_pending bigint not null,
  posting_seq bigint not null,
  opened_at timestamp with time zone not null,
  closed_at timestamp with time zone,
  profile bytea,
  row_version bigint not null,
  constraint account_pkey PRIMARY KEY (id),
  constraint account_book_check CHECK ((book = ANY (ARRAY['OP'::text, 'REG'::text, 'FUND'::text, 'MEMO'::text]))),
  constraint account_credits_pending_check CHECK ((credits_pending >= 0)),
  constraint account_debits_pending_check CHECK ((debits_pending >= 0)),
  constraint account_side_check CHECK ((side = ANY (ARRAY['debit'::text, 'credit'::text])))
) with (fillfactor=70);
CREATE INDEX account_by_code ON ledger.account USING btree (code);
CREATE INDEX account_by_owner ON ledger.account USING btree (owner) WHERE (owner IS NOT NULL);
CREATE INDEX account_closed ON ledger.account USING btree (id) WHERE (closed_at IS NOT NULL);
grant insert, select, update on table ledger.account to coffer_app;
grant select on table ledger.account to coffer_reader;

create table ledger.account_act (
  account text not null,
  number bigint not null,
  act text not null,
  by text not null,
  reason text not null,
  at timestamp with time zone not null,
  constraint account_act_pkey PRIMARY KEY (account, number),
  constraint account_act_act_check CHECK ((act = ANY (ARRAY['closed'::text, 'reopened'::text])))
);
grant insert, select on table ledger.account_act to coffer_app;
grant select on table ledger.account_act to coffer_reader;

create table ledger.backdated_posting (
  account text not null,
  effective_at timestamp with time zone not null,
  entry bigint not null,
  amount bigint not null,
  at timestamp with time zone not null,
  constraint backdated_posting_pkey PRIMARY KEY (account, effective_at, entry),
  constraint backdated_posting_amount_check CHECK ((amount <> 0)),
  constraint backdated_posting_check CHECK ((effective_at < at))
);
grant insert, select on table ledger.backdated_posting to coffer_app;
grant select on table ledger.backdated_posting to coffer_reader;

create table ledger.entry (
  number bigint not null,
  kind text not null,
  ref text not null,
  hold_id text,
  at timestamp with time zone not null,
  constraint entry_pkey PRIMARY KEY (number)
);
grant insert, select on table ledger.entry to coffer_app;
grant select on table ledger.entry to coffer_reader;

create table ledger.entry_detail (
  entry bigint not null,
  effective_at timestamp with time zone,
  metadata jsonb,
  reverses bigint,
  constraint entry_detail_pkey PRIMARY KEY (entry),
  constraint entry_detail_check CHECK ((num_nonnulls(effective_at, metadata, reverses) > 0))
);
CREATE UNIQUE INDEX entry_detail_reverses ON ledger.entry_detail USING btree (reverses) WHERE (reverses IS NOT NULL);
grant insert, select on table ledger.entry_detail to coffer_app;
grant select on table ledger.entry_detail to coffer_reader;

create table ledger.hold (
  id text not null,
  kind text not null,
  ref text not null,
  state text not null,
  legs jsonb not null,
  amount bigint not null,
  posted_amount bigint not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone,
  ended_at timestamp with time zone,
  entry bigint,
  row_version bigint not null,
  constraint hold_pkey PRIMARY KEY (id),
  constraint hold_amount_check CHECK ((amount > 0)),
  constraint hold_check CHECK (((posted_amount >= 0) AND (posted_amount <= amount))),
  constraint hold_check1 CHECK (((state = 'pending'::text) = (ended_at IS NULL))),
  constraint hold_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'posted'::text, 'voided'::text, 'expired'::text])))
);
CREATE INDEX hold_waiting ON ledger.hold USING btree (expires_at) WHERE (state = 'pending'::text);
grant insert, select, update on table ledger.hold to coffer_app;
grant select on table ledger.hold to coffer_reader;

create table ledger.posting (
  account text not null,
  seq bigint not null,
  entry bigint not null,
  amount bigint not null,
  balance bigint not null,
  at timestamp with time zone not null,
  constraint posting_pkey PRIMARY KEY (account, seq),
  constraint posting_amount_check CHECK ((amount <> 0))
);
CREATE INDEX posting_by_entry ON ledger.posting USING brin (entry) WITH (pages_per_range='32');
grant insert, select on table ledger.posting to coffer_app;
grant select on table ledger.posting to coffer_reader;

create table ledger.reversal (
  id text not null,
  entry bigint not null,
  at timestamp with time zone not null,
  row_version bigint not null,
  constraint reversal_pkey PRIMARY KEY (id)
);
grant insert, select on table ledger.reversal to coffer_app;
grant select on table ledger.reversal to coffer_reader;

create table ledger.seal (
  number bigint not null,
  from_entry bigint not null,
  to_entry bigint not null,
  entries integer not null,
  digest bytea not null,
  leaves bytea not null,
  chain bytea not null,
  sealed_at timestamp with time zone not null,
  constraint seal_pkey PRIMARY KEY (number),
  constraint seal_check CHECK ((from_entry <= to_entry)),
  constraint seal_entries_check CHECK ((entries > 0))
);
grant insert, select on table ledger.seal to coffer_app;
grant select on table ledger.seal to coffer_reader;

create table ledger.seal_head (
  id boolean not null default true,
  number bigint not null,
  to_entry bigint not null,
  chain bytea not null,
  constraint seal_head_pkey PRIMARY KEY (id),
  constraint seal_head_id_check CHECK (id)
);
grant select, update on table ledger.seal_head to coffer_app;
grant select on table ledger.seal_head to coffer_reader;

create unlogged table ledger.share_out (
  account text not null,
  place tid not null,
  units bigint not null,
  weight bigint not null
);
grant delete, insert, select on table ledger.share_out to coffer_app;
grant select on table ledger.share_out to coffer_reader;

CREATE OR REPLACE FUNCTION ledger.clear_share_out()
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$truncate ledger.share_out$function$;
grant execute on function ledger.clear_share_out() to coffer_app;

create schema notifications;
grant usage on schema notifications to coffer_app;
grant usage on schema notifications to coffer_reader;

create table notifications.notice (
  id text not null,
  customer_id text not null,
  channel text not null,
  template text not null,
  params jsonb not null,
  at timestamp with time zone not null,
  constraint notice_pkey PRIMARY KEY (id),
  constraint notice_channel_check CHECK ((channel = ANY (ARRAY['app'::text, 'email'::text, 'sms'::text])))
);
CREATE INDEX notice_by_customer ON notifications.notice USING btree (customer_id, at DESC);
grant insert, select on table notifications.notice to coffer_app;
grant select on table notifications.notice to coffer_reader;

create schema partners;
grant usage on schema partners to coffer_reader;
grant usage on schema partners to coffer_simulator;

create table partners.agent_file (
  name text not null,
  sha256 text not null,
  taken_at timestamp with time zone not null,
  constraint agent_file_pkey PRIMARY KEY (name)
);
grant select on table partners.agent_file to coffer_reader;
grant insert, select on table partners.agent_file to coffer_simulator;

create table partners.agent_movement (
  reference text not null,
  holder text not null,
  day date not null,
  units bigint not null,
  constraint agent_movement_pkey PRIMARY KEY (reference)
);
CREATE INDEX agent_movement_by_day ON partners.agent_movement USING btree (day, holder);
comment on table partners.agent_movement is 'Units by holder: a holding is the sum of its rows.';
comment on column partners.agent_movement.day is 'From the end of this day on they are his.';
grant select on table partners.agent_movement to coffer_reader;
grant insert, select on table partners.agent_movement to coffer_simulator;

create table partners.agent_order (
  serial text not null,
  file text not null,
  number integer not null,
  business text not null,
  holder text not null,
  target text not null,
  ordered_on date not null,
  amount bigint not null,
  volume bigint not null,
  constraint agent_order_pkey PRIMARY KEY (serial),
  constraint agent_order_amount_check CHECK ((amount >= 0)),
  constraint agent_order_file_fkey FOREIGN KEY (file) REFERENCES partners.agent_file(name),
  constraint agent_order_volume_check CHECK ((volume >= 0))
);
CREATE INDEX agent_order_by_day ON partners.agent_order USING btree (ordered_on, file, number);
grant select on table partners.agent_order to coffer_reader;
grant insert, select on table partners.agent_order to coffer_simulator;

create table partners.bank_account (
  number text not null,
  is_own boolean not null,
  holder text not null,
  balance bigint not null default 0,
  lowest bigint,
  closed boolean not null default false,
  opened_at timestamp with time zone not null,
  constraint bank_account_pkey PRIMARY KEY (number),
  constraint bank_account_check CHECK ((balance >= lowest))
);
comment on table partners.bank_account is 'All balances sum to zero: the world is an account too.';
comment on column partners.bank_account.lowest is 'Least allowed balance in fen; null: no limit.';
grant select on table partners.bank_account to coffer_reader;
grant insert, select, update on table partners.bank_account to coffer_simulator;

create table partners.bank_movement (
  sequence bigint not null generated always as identity,
  reference text not null,
  kind text not null,
  from_account text not null,
  to_account text not null,
  amount bigint not null,
  status text not null,
  refusal text,
  at timestamp with time zone not null,
  constraint bank_movement_pkey PRIMARY KEY (sequence),
  constraint bank_movement_amount_check CHECK ((amount > 0)),
  constraint bank_movement_check CHECK (((refusal IS NOT NULL) = (status = 'refused'::text))),
  constraint bank_movement_reference_key UNIQUE (reference),
  constraint bank_movement_status_check CHECK ((status = ANY (ARRAY['settled'::text, 'refused'::text, 'returned'::text])))
);
CREATE INDEX bank_movement_in ON partners.bank_movement USING btree (to_account, sequence);
CREATE INDEX bank_movement_out ON partners.bank_movement USING btree (from_account, sequence);
grant select on table partners.bank_movement to coffer_reader;
grant insert, select, update on table partners.bank_movement to coffer_simulator;

create table partners.carrier_event (
  number bigint not null generated always as identity,
  phone text not null,
  kind text not null,
  active boolean not null,
  at timestamp with time zone not null,
  taken_at timestamp with time zone,
  constraint carrier_event_pkey PRIMARY KEY (number),
  constraint carrier_event_kind_check CHECK ((kind = ANY (ARRAY['sim_swap'::text, 'call_forwarding'::text])))
);
CREATE INDEX carrier_event_waiting ON partners.carrier_event USING btree (number) WHERE (taken_at IS NULL);
comment on table partners.carrier_event is 'News of numbers, delivered at least once, in order.';
comment on column partners.carrier_event.active is 'False: it is over.';
comment on column partners.carrier_event.taken_at is 'Null: not taken yet, to be told again.';
grant select on table partners.carrier_event to coffer_reader;
grant insert, select, update on table partners.carrier_event to coffer_simulator;

create table partners.fault (
  partner text not null,
  fault text not null,
  constraint fault_pkey PRIMARY KEY (partner)
);
comment on table partners.fault is 'A partner that is out of order, and how; absent: it works.';
grant select on table partners.fault to coffer_reader;
grant delete, insert, select, update on table partners.fault to coffer_simulator;

create table partners.fund_day (
  day date not null,
  units bigint not null,
  income bigint not null,
  declared_at timestamp with time zone not null,
  constraint fund_day_pkey PRIMARY KEY (day)
);
comment on table partners.fund_day is 'Declared income; earns itself from the next day on.';
grant select on table partners.fund_day to coffer_reader;
grant insert, select, update on table partners.fund_day to coffer_simulator;

create table partners.fund_dealing_day (
  dealing_day date not null,
  confirmation_day date not null,
  status text not null,
  subscriptions bigint not null,
  redemptions bigint not null,
  confirmed_at timestamp with time zone not null,
  constraint fund_dealing_day_pkey PRIMARY KEY (dealing_day),
  constraint fund_dealing_day_status_check CHECK ((status = ANY (ARRAY['confirmed'::text, 'rejected'::text])))
);
grant select on table partners.fund_dealing_day to coffer_reader;
grant insert, select, update on table partners.fund_dealing_day to coffer_simulator;

create table partners.fund_planned_day (
  day date not null,
  rate bigint,
  income bigint,
  constraint fund_planned_day_pkey PRIMARY KEY (day),
  constraint fund_planned_day_check CHECK (((rate IS NULL) <> (income IS NULL)))
);
comment on table partners.fund_planned_day is 'Days set by hand, before they are declared.';
comment on column partners.fund_planned_day.rate is 'Income of 10,000 units, in ten-thousandths of a yuan.';
grant select on table partners.fund_planned_day to coffer_reader;
grant delete, insert, select, update on table partners.fund_planned_day to coffer_simulator;

create table partners.fund_submission (
  reference text not null,
  dealing_day date not null,
  subscriptions bigint not null,
  redemptions bigint not null,
  submitted_at timestamp with time zone not null,
  constraint fund_submission_pkey PRIMARY KEY (reference),
  constraint fund_submission_redemptions_check CHECK ((redemptions >= 0)),
  constraint fund_submission_subscriptions_check CHECK ((subscriptions >= 0))
);
CREATE INDEX fund_submission_by_day ON partners.fund_submission USING btree (dealing_day);
grant select on table partners.fund_submission to coffer_reader;
grant insert, select, update on table partners.fund_submission to coffer_simulator;

create table partners.insurer_claim (
  claim_id text not null,
  cover_id text not null,
  lost_on date not null,
  amount bigint not null,
  evidence text not null,
  verdict text not null,
  approved bigint not null default 0,
  reason text,
  notified_at timestamp with time zone not null,
  paid_at timestamp with time zone,
  constraint insurer_claim_pkey PRIMARY KEY (claim_id),
  constraint insurer_claim_amount_check CHECK ((amount > 0)),
  constraint insurer_claim_check CHECK (((approved >= 0) AND (approved <= amount))),
  constraint insurer_claim_cover_id_fkey FOREIGN KEY (cover_id) REFERENCES partners.insurer_cover(reference),
  constraint insurer_claim_verdict_check CHECK ((verdict = ANY (ARRAY['approved'::text, 'declined'::text, 'undecided'::text])))
);
CREATE INDEX insurer_claim_by_cover ON partners.insurer_claim USING btree (cover_id);
grant select on table partners.insurer_claim to coffer_reader;
grant insert, select, update on table partners.insurer_claim to coffer_simulator;

create table partners.insurer_cover (
  reference text not null,
  starts_on date not null,
  ends_on date not null,
  per_event_limit bigint not null,
  aggregate_limit bigint not null,
  deductible bigint not null,
  premium_per_million bigint not null,
  bound_at timestamp with time zone not null,
  constraint insurer_cover_pkey PRIMARY KEY (reference)
);
grant select on table partners.insurer_cover to coffer_reader;
grant insert, select, update on table partners.insurer_cover to coffer_simulator;

create table partners.insurer_premium (
  reference text not null,
  cover_id text not null,
  month text not null,
  accounts bigint not null,
  amount bigint not null,
  noticed_at timestamp with time zone not null,
  constraint insurer_premium_pkey PRIMARY KEY (reference),
  constraint insurer_premium_cover_id_fkey FOREIGN KEY (cover_id) REFERENCES partners.insurer_cover(reference)
);
grant select on table partners.insurer_premium to coffer_reader;
grant insert, select, update on table partners.insurer_premium to coffer_simulator;

create table partners.one_time_password (
  number bigint not null generated always as identity,
  authentication_id text not null,
  phone text not null,
  sent_at timestamp with time zone not null,
  wrong_tries integer not null default 0,
  used_at timestamp with time zone,
  constraint one_time_password_pkey PRIMARY KEY (number),
  constraint one_time_password_authentication_id_key UNIQUE (authentication_id)
);
CREATE INDEX one_time_password_by_phone ON partners.one_time_password USING btree (phone, sent_at);
comment on table partners.one_time_password is 'The code itself follows from authentication_id.';
grant select on table partners.one_time_password to coffer_reader;
grant insert, select, update on table partners.one_time_password to coffer_simulator;

create table partners.phone (
  number text not null,
  sim_changed_at timestamp with time zone,
  device_changed_at timestamp with time zone,
  sim_serial integer not null default 1,
  sim_held_by text,
  forwarded_to text,
  constraint phone_pkey PRIMARY KEY (number)
);
comment on table partners.phone is 'Numbers with something to tell; any other is ordinary.';
comment on column partners.phone.sim_held_by is 'Inbox of who holds the SIM; null: the owner.';
grant select on table partners.phone to coffer_reader;
grant insert, select, update on table partners.phone to coffer_simulator;

create table partners.sms (
  number bigint not null generated always as identity,
  reference text not null,
  message_id text not null,
  phone text not null,
  inbox text not null,
  content text not null,
  sent_at timestamp with time zone not null,
  delivered_at timestamp with time zone,
  constraint sms_pkey PRIMARY KEY (number),
  constraint sms_reference_key UNIQUE (reference)
);
CREATE INDEX sms_by_inbox ON partners.sms USING btree (inbox, number);
CREATE INDEX sms_by_phone ON partners.sms USING btree (phone, sent_at);
grant select on table partners.sms to coffer_reader;
grant insert, select, update on table partners.sms to coffer_simulator;

CREATE OR REPLACE FUNCTION partners.bank_open(p_number text, p_holder text, p_balance bigint, p_at timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  insert into partners.bank_account (number, is_own, holder, lowest, opened_at)
  values (p_number, false, p_holder, 0, p_at)
  on conflict (number) do nothing;
  if found and p_balance > 0 then
    perform partners.bank_post(
      'opening:' || p_number, 'opening', 'outside', p_number, p_balance, p_at, null);
  end if;
end
$function$;
grant execute on function partners.bank_open(text,text,bigint,timestamp with time zone) to coffer_simulator;

CREATE OR REPLACE FUNCTION partners.bank_post(p_reference text, p_kind text, p_from text, p_to text, p_amount bigint, p_at timestamp with time zone, p_refusal text)
 RETURNS SETOF partners.bank_movement
 LANGUAGE plpgsql
AS $function$
declare
  movement partners.bank_movement;
  payer partners.bank_account;
  payee partners.bank_account;
  reason text := p_refusal;
begin
  insert into partners.bank_movement
    (reference, kind, from_account, to_account, amount, status, at)
  values (p_reference, p_kind, p_from, p_to, p_amount, 'settled', p_at)
  on conflict (reference) do nothing
  returning * into movement;
  if not found then
    return query select * from partners.bank_movement where reference = p_reference;
    return;
  end if;
  -- In the order of their numbers: transfers in opposite directions cannot deadlock.
  perform 1 from partners.bank_account where number in (p_from, p_to) order by number for update;
  select * into payer from partners.bank_account where number = p_from;
  select * into payee from partners.bank_account where number = p_to;
  reason := coalesce(reason, case
    when payer.number is null or payee.number is null then 'account_not_found'
    when payer.closed or payee.closed then 'account_closed'
    when payer.balance - p_amount < payer.lowest then 'insufficient_funds'
  end);
  if reason is null then
    update partners.bank_account set balance = balance - p_amount where number = p_from;
    update partners.bank_account set balance = balance + p_amount where number = p_to;
  else
    update partners.bank_movement set status = 'refused', refusal = reason
    where reference = p_reference
    returning * into movement;
  end if;
  return next movement;
end
$function$;
grant execute on function partners.bank_post(text,text,text,text,bigint,timestamp with time zone,text) to coffer_simulator;

create schema reconciliation;
grant usage on schema reconciliation to coffer_app;
grant usage on schema reconciliation to coffer_reader;

create table reconciliation.book (
  account text not null,
  version bigint not null,
  covered_from text not null,
  covered_to text not null,
  open_since text not null,
  row_version bigint not null,
  constraint book_pkey PRIMARY KEY (account),
  constraint book_check CHECK (((covered_from <= covered_to) AND (open_since <= covered_to)))
);
grant insert, select, update on table reconciliation.book to coffer_app;
grant select on table reconciliation.book to coffer_reader;

create table reconciliation.line (
  id text not null,
  statement text not null,
  number integer not null,
  account text not null,
  date text not null,
  amount bigint not null,
  reference text,
  counterparty text,
  text text,
  constraint line_pkey PRIMARY KEY (id),
  constraint line_amount_check CHECK ((amount <> 0)),
  constraint line_statement_number_key UNIQUE (statement, number)
);
CREATE INDEX line_by_account ON reconciliation.line USING btree (account, date);
grant insert, select on table reconciliation.line to coffer_app;
grant select on table reconciliation.line to coffer_reader;

create table reconciliation.matched (
  account text not null,
  member text not null,
  seq bigint,
  match text not null,
  way text not null,
  difference bigint not null,
  at timestamp with time zone not null,
  constraint matched_pkey PRIMARY KEY (account, member),
  constraint matched_way_check CHECK ((way = ANY (ARRAY['reference'::text, 'amount'::text, 'group'::text, 'late'::text, 'suspense'::text])))
);
CREATE INDEX matched_posting ON reconciliation.matched USING btree (account, seq) WHERE (seq IS NOT NULL);
grant insert, select on table reconciliation.matched to coffer_app;
grant select on table reconciliation.matched to coffer_reader;

create table reconciliation.receipt (
  line text not null,
  account text not null,
  amount bigint not null,
  state text not null,
  opened_at timestamp with time zone not null,
  cleared_at timestamp with time zone,
  cleared_to text,
  row_version bigint not null,
  constraint receipt_pkey PRIMARY KEY (line),
  constraint receipt_amount_check CHECK ((amount > 0)),
  constraint receipt_check CHECK (((state = 'cleared'::text) = ((cleared_at IS NOT NULL) AND (cleared_to IS NOT NULL)))),
  constraint receipt_state_check CHECK ((state = ANY (ARRAY['open'::text, 'cleared'::text])))
);
CREATE INDEX receipt_open ON reconciliation.receipt USING btree (opened_at) WHERE (state = 'open'::text);
grant insert, select, update on table reconciliation.receipt to coffer_app;
grant select on table reconciliation.receipt to coffer_reader;

create table reconciliation.statement (
  name text not null,
  account text not null,
  format text not null,
  digest text not null,
  from_date text not null,
  to_date text not null,
  opening bigint,
  closing bigint,
  lines integer not null,
  imported_at timestamp with time zone not null,
  row_version bigint not null,
  constraint statement_pkey PRIMARY KEY (name),
  constraint statement_check CHECK ((from_date <= to_date)),
  constraint statement_format_check CHECK ((format = ANY (ARRAY['csv'::text, 'camt.053'::text]))),
  constraint statement_lines_check CHECK ((lines >= 0))
);
CREATE INDEX statement_by_account ON reconciliation.statement USING btree (account, from_date);
grant insert, select, update on table reconciliation.statement to coffer_app;
grant select on table reconciliation.statement to coffer_reader;

create schema risk;
grant usage on schema risk to coffer_app;
grant usage on schema risk to coffer_reader;

create table risk.decision (
  id text not null,
  step text not null,
  customer_id text not null,
  subject text not null,
  at timestamp with time zone not null,
  outcome text not null,
  score integer not null,
  level text not null,
  rule_hits bigint not null,
  policy_version text not null,
  facts bytea not null,
  amount bigint,
  model_version text,
  model_score integer,
  measures jsonb,
  constraint decision_pkey PRIMARY KEY (id),
  constraint decision_level_check CHECK ((level = ANY (ARRAY['normal'::text, 'elevated'::text, 'highest'::text]))),
  constraint decision_model_score_check CHECK (((model_score >= 0) AND (model_score <= 1000000))),
  constraint decision_outcome_check CHECK ((outcome = ANY (ARRAY['allow'::text, 'challenge'::text, 'hold'::text, 'deny'::text]))),
  constraint decision_score_check CHECK (((score >= 0) AND (score <= 100)))
);
CREATE INDEX decision_by_customer ON risk.decision USING btree (customer_id, at);
CREATE INDEX decision_by_subject ON risk.decision USING btree (subject) WHERE ((subject <> ''::text) AND (step <> 'payment'::text));
CREATE INDEX decision_by_time ON risk.decision USING brin (at) WITH (pages_per_range='32');
grant insert, select on table risk.decision to coffer_app;
grant select on table risk.decision to coffer_reader;

create table risk.followed_label (
  id text not null,
  label text not null,
  payee text,
  followed_at timestamp with time zone not null,
  neighbours integer not null,
  row_version bigint not null,
  constraint followed_label_pkey PRIMARY KEY (id),
  constraint followed_label_label_check CHECK ((label = ANY (ARRAY['theft'::text, 'scam'::text, 'honest'::text, 'inconclusive'::text])))
);
CREATE INDEX followed_label_by_payee ON risk.followed_label USING btree (payee);
grant insert, select, update on table risk.followed_label to coffer_app;
grant select on table risk.followed_label to coffer_reader;

create table risk.guest (
  id text not null,
  created_at timestamp with time zone not null,
  password_changed_at timestamp with time zone,
  last_reset_at timestamp with time zone,
  failed_sign_ins integer not null,
  failed_since timestamp with time zone,
  last_active_at timestamp with time zone,
  forwarding text not null,
  sim_swap text not null,
  silence text not null,
  sms_observed_at timestamp with time zone,
  device_customers integer not null,
  profile bytea,
  row_version bigint not null,
  constraint guest_pkey PRIMARY KEY (id),
  constraint guest_forwarding_check CHECK ((forwarding = ANY (ARRAY['yes'::text, 'no'::text, 'unknown'::text]))),
  constraint guest_silence_check CHECK ((silence = ANY (ARRAY['yes'::text, 'no'::text, 'unknown'::text]))),
  constraint guest_sim_swap_check CHECK ((sim_swap = ANY (ARRAY['yes'::text, 'no'::text, 'unknown'::text])))
) with (fillfactor=70);
grant insert, select, update on table risk.guest to coffer_app;
grant select on table risk.guest to coffer_reader;

create table risk.guest_decision (
  id text not null,
  customer_id text not null,
  device_id text,
  network text,
  step text not null,
  subject text not null,
  payee_id text,
  amount bigint,
  source text not null,
  outcome text not null,
  state text not null,
  decided_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  row_version bigint not null,
  constraint guest_decision_pkey PRIMARY KEY (id),
  constraint guest_decision_outcome_check CHECK ((outcome = ANY (ARRAY['allow'::text, 'challenge'::text, 'hold'::text, 'deny'::text]))),
  constraint guest_decision_source_check CHECK ((source = ANY (ARRAY['wallet'::text, 'fund'::text]))),
  constraint guest_decision_state_check CHECK ((state = ANY (ARRAY['open'::text, 'done'::text, 'stopped'::text])))
);
grant insert, select, update on table risk.guest_decision to coffer_app;
grant select on table risk.guest_decision to coffer_reader;

create table risk.guest_device (
  id text not null,
  added_at timestamp with time zone not null,
  added_by text not null,
  trusted boolean not null,
  row_version bigint not null,
  constraint guest_device_pkey PRIMARY KEY (id),
  constraint guest_device_added_by_check CHECK ((added_by = ANY (ARRAY['sign_up'::text, 'sign_in'::text, 'reset'::text])))
);
grant insert, select, update on table risk.guest_device to coffer_app;
grant select on table risk.guest_device to coffer_reader;

create table risk.label (
  subject text not null,
  label text not null,
  known_at timestamp with time zone not null,
  by text not null,
  reason text not null,
  constraint label_label_check CHECK ((label = ANY (ARRAY['theft'::text, 'scam'::text, 'honest'::text, 'inconclusive'::text])))
);
CREATE INDEX label_by_staff ON risk.label USING btree (subject, known_at DESC) WHERE (by ~~ 'opr\_%'::text);
CREATE INDEX label_by_subject ON risk.label USING btree (subject, known_at);
grant insert, select on table risk.label to coffer_app;
grant select on table risk.label to coffer_reader;

create table risk.list_entry (
  id text not null,
  list text not null,
  kind text not null,
  value text not null,
  final boolean not null,
  reason text not null,
  added_by text not null,
  added_at timestamp with time zone not null,
  until timestamp with time zone,
  removed_by text,
  removed_at timestamp with time zone,
  removed_why text,
  row_version bigint not null,
  constraint list_entry_pkey PRIMARY KEY (id),
  constraint list_entry_kind_check CHECK ((kind = ANY (ARRAY['account'::text, 'payee'::text, 'phone'::text, 'device'::text, 'network'::text]))),
  constraint list_entry_list_check CHECK ((list = ANY (ARRAY['allow'::text, 'watch'::text, 'block'::text]))),
  constraint list_entry_reason_check CHECK ((reason <> ''::text)),
  constraint only_blocks_are_final CHECK (((NOT final) OR (list = 'block'::text))),
  constraint removed_by_somebody CHECK ((((removed_at IS NULL) = (removed_by IS NULL)) AND ((removed_at IS NULL) = (removed_why IS NULL))))
);
CREATE INDEX list_entry_by_value ON risk.list_entry USING btree (kind, value);
grant insert, select, update on table risk.list_entry to coffer_app;
grant select on table risk.list_entry to coffer_reader;

create table risk.model (
  id text not null,
  name text not null,
  state text not null,
  saved_by text not null,
  saved_at timestamp with time zone not null,
  shadow_since timestamp with time zone,
  approved_by text,
  approved_at timestamp with time zone,
  row_version bigint not null,
  constraint model_pkey PRIMARY KEY (id),
  constraint model_published_after_shadow CHECK (((state <> ALL (ARRAY['published'::text, 'retired'::text])) OR ((approved_by IS NOT NULL) AND (approved_at IS NOT NULL) AND (shadow_since IS NOT NULL)))),
  constraint model_published_by_a_second_person CHECK ((approved_by <> saved_by)),
  constraint model_shadow_has_begun CHECK (((state <> 'shadow'::text) OR (shadow_since IS NOT NULL))),
  constraint model_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'shadow'::text, 'published'::text, 'retired'::text])))
);
grant insert, select, update on table risk.model to coffer_app;
grant select on table risk.model to coffer_reader;

create table risk.model_document (
  version text not null,
  document text not null,
  constraint model_document_pkey PRIMARY KEY (version)
);
grant insert, select on table risk.model_document to coffer_app;
grant select on table risk.model_document to coffer_reader;

create table risk.model_publication (
  version text,
  replaced text,
  at timestamp with time zone not null,
  by text not null
);
grant insert, select on table risk.model_publication to coffer_app;
grant select on table risk.model_publication to coffer_reader;

create table risk.model_score (
  model_version text not null,
  decision_id text not null,
  at timestamp with time zone not null,
  score integer not null,
  live_outcome text not null,
  constraint model_score_pkey PRIMARY KEY (model_version, decision_id),
  constraint model_score_score_check CHECK (((score >= 0) AND (score <= 1000000)))
);
CREATE INDEX model_score_by_decision ON risk.model_score USING btree (decision_id);
CREATE INDEX model_score_by_time ON risk.model_score USING btree (model_version, at);
grant insert, select on table risk.model_score to coffer_app;
grant select on table risk.model_score to coffer_reader;

create table risk.phantom_decision (
  policy_version text not null,
  decision_id text not null,
  at timestamp with time zone not null,
  outcome text not null,
  live_outcome text not null,
  score integer not null,
  rule_hits bigint not null,
  constraint phantom_decision_pkey PRIMARY KEY (policy_version, decision_id),
  constraint phantom_decision_outcome_check CHECK ((outcome = ANY (ARRAY['allow'::text, 'challenge'::text, 'hold'::text, 'deny'::text]))),
  constraint phantom_decision_score_check CHECK (((score >= 0) AND (score <= 100)))
);
CREATE INDEX phantom_by_decision ON risk.phantom_decision USING btree (decision_id);
CREATE INDEX phantom_by_time ON risk.phantom_decision USING btree (policy_version, at);
grant insert, select on table risk.phantom_decision to coffer_app;
grant select on table risk.phantom_decision to coffer_reader;

create table risk.policy (
  id text not null,
  name text not null,
  version text not null,
  document jsonb not null,
  published_at timestamp with time zone not null,
  published_by text not null,
  row_version bigint not null,
  model_version text,
  measures jsonb,
  constraint policy_pkey PRIMARY KEY (id),
  constraint policy_id_check CHECK ((id = 'active'::text))
);
grant insert, select, update on table risk.policy to coffer_app;
grant select on table risk.policy to coffer_reader;

create table risk.policy_draft (
  id text not null,
  name text not null,
  document jsonb not null,
  state text not null,
  saved_by text not null,
  saved_at timestamp with time zone not null,
  shadow_since timestamp with time zone,
  backtest jsonb,
  backtested_at timestamp with time zone,
  approved_by text,
  approved_at timestamp with time zone,
  row_version bigint not null,
  constraint policy_draft_pkey PRIMARY KEY (id),
  constraint policy_draft_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'shadow'::text, 'published'::text]))),
  constraint published_after_shadow_and_backtest CHECK ((((state = 'published'::text) = (approved_by IS NOT NULL)) AND ((state <> 'published'::text) OR ((shadow_since IS NOT NULL) AND (backtested_at IS NOT NULL))))),
  constraint published_by_a_second_person CHECK ((approved_by <> saved_by)),
  constraint shadow_has_begun CHECK (((state <> 'shadow'::text) OR (shadow_since IS NOT NULL)))
);
grant insert, select, update on table risk.policy_draft to coffer_app;
grant select on table risk.policy_draft to coffer_reader;

create table risk.policy_version (
  version text not null,
  name text not null,
  document jsonb not null,
  published_at timestamp with time zone not null,
  published_by text not null
);
CREATE INDEX policy_version_by_version ON risk.policy_version USING btree (version);
grant insert, select on table risk.policy_version to coffer_app;
grant select on table risk.policy_version to coffer_reader;

create table risk.profile (
  id text not null,
  profile bytea not null,
  row_version bigint not null,
  constraint profile_pkey PRIMARY KEY (id)
);
grant insert, select, update on table risk.profile to coffer_app;
grant select on table risk.profile to coffer_reader;

create table risk.snooze (
  id text not null,
  rule text not null,
  account text not null,
  reason text not null,
  added_by text not null,
  added_at timestamp with time zone not null,
  until timestamp with time zone not null,
  ended_by text,
  ended_at timestamp with time zone,
  row_version bigint not null,
  constraint snooze_pkey PRIMARY KEY (id),
  constraint snooze_ends_after_it_began CHECK ((until > added_at)),
  constraint snooze_reason_check CHECK ((reason <> ''::text))
);
CREATE INDEX snooze_by_account ON risk.snooze USING btree (account);
grant insert, select, update on table risk.snooze to coffer_app;
grant select on table risk.snooze to coffer_reader;

create schema wallet;
grant usage on schema wallet to coffer_app;
grant usage on schema wallet to coffer_reader;

create table wallet.bank_account (
  id text not null,
  customer_id text not null,
  bank_name text not null,
  account_number text not null,
  holder_name text not null,
  linked_at timestamp with time zone not null,
  usable_from timestamp with time zone not null,
  unlinked_at timestamp with time zone,
  row_version bigint not null,
  constraint bank_account_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX bank_account_once ON wallet.bank_account USING btree (customer_id, account_number) WHERE (unlinked_at IS NULL);
grant insert, select, update on table wallet.bank_account to coffer_app;
grant select on table wallet.bank_account to coffer_reader;

create table wallet.payment (
  id text not null,
  payer text not null,
  payee text not null,
  payee_kind text not null,
  amount bigint not null,
  source text not null,
  state text not null,
  memo text,
  decision_id text not null,
  outcome text not null,
  reasons jsonb,
  hold_id text,
  entry bigint,
  device_id text not null,
  network text not null,
  created_at timestamp with time zone not null,
  deadline timestamp with time zone,
  ended_at timestamp with time zone,
  recalled_amount bigint not null,
  row_version bigint not null,
  constraint payment_pkey PRIMARY KEY (id),
  constraint payment_amount_check CHECK ((amount > 0)),
  constraint payment_check CHECK (((recalled_amount >= 0) AND (recalled_amount <= amount))),
  constraint payment_check1 CHECK ((payer <> payee)),
  constraint payment_outcome_check CHECK ((outcome = ANY (ARRAY['allow'::text, 'challenge'::text, 'hold'::text, 'deny'::text]))),
  constraint payment_payee_kind_check CHECK ((payee_kind = ANY (ARRAY['person'::text, 'merchant'::text]))),
  constraint payment_source_check CHECK ((source = ANY (ARRAY['wallet'::text, 'fund'::text]))),
  constraint payment_state_check CHECK ((state = ANY (ARRAY['challenged'::text, 'held'::text, 'posted'::text, 'denied'::text, 'voided'::text, 'recalled'::text])))
);
CREATE INDEX payment_by_payee ON wallet.payment USING btree (payee, created_at DESC);
CREATE INDEX payment_by_payer ON wallet.payment USING btree (payer, created_at DESC);
CREATE INDEX payment_waiting ON wallet.payment USING btree (deadline) WHERE (state = ANY (ARRAY['challenged'::text, 'held'::text]));
grant insert, select, update on table wallet.payment to coffer_app;
grant select on table wallet.payment to coffer_reader;

create table wallet.top_up (
  id text not null,
  customer_id text not null,
  bank_account_id text not null,
  account_number text not null,
  amount bigint not null,
  state text not null,
  refusal text,
  created_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  row_version bigint not null,
  constraint top_up_pkey PRIMARY KEY (id),
  constraint top_up_amount_check CHECK ((amount > 0)),
  constraint top_up_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'settled'::text, 'failed'::text])))
);
CREATE INDEX top_up_by_customer ON wallet.top_up USING btree (customer_id, created_at DESC);
CREATE INDEX top_up_waiting ON wallet.top_up USING btree (created_at) WHERE (state = 'pending'::text);
grant insert, select, update on table wallet.top_up to coffer_app;
grant select on table wallet.top_up to coffer_reader;

create table wallet.withdrawal (
  id text not null,
  customer_id text not null,
  bank_account_id text not null,
  account_number text not null,
  amount bigint not null,
  state text not null,
  decision_id text not null,
  reasons jsonb,
  created_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  row_version bigint not null,
  constraint withdrawal_pkey PRIMARY KEY (id),
  constraint withdrawal_amount_check CHECK ((amount > 0)),
  constraint withdrawal_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'settled'::text, 'returned'::text, 'denied'::text])))
);
CREATE INDEX withdrawal_by_customer ON wallet.withdrawal USING btree (customer_id, created_at DESC);
CREATE INDEX withdrawal_waiting ON wallet.withdrawal USING btree (created_at) WHERE (state = 'pending'::text);
grant insert, select, update on table wallet.withdrawal to coffer_app;
grant select on table wallet.withdrawal to coffer_reader;
