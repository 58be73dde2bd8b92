import { identityProblems } from './identity-problems.ts'
import { entry, type ProblemEntry } from './problem-entry.ts'

/** The request itself: its shape, its amounts, its headers. */
const requestProblems = {
  request_malformed: entry(
    400,
    'The request could not be read',
    'A field is missing, unknown or not of the documented shape. `param` names it.',
  ),
  amount_malformed: entry(
    400,
    'Not an amount',
    'Amounts are decimal strings such as "12.50": digits, at most one point, no sign or comma.',
  ),
  amount_too_precise: entry(
    400,
    'Too many decimals',
    'The smallest amount is 0.01: at most two decimals.',
  ),
  amount_not_positive: entry(400, 'Amount must be above zero', 'Send an amount of 0.01 or more.'),
  amount_out_of_range: entry(
    400,
    'Amount too large',
    'The amount is larger than any account may hold.',
  ),
  currency_not_supported: entry(
    400,
    'Currency not supported',
    'Money here is Chinese yuan: leave `currency` out or send "CNY".',
  ),
  phone_malformed: entry(
    400,
    'Not a phone number',
    'Phone numbers are written in E.164: a plus sign and 5 to 15 digits.',
  ),
  id_number_malformed: entry(
    400,
    'Not an ID number',
    'An ID number has 18 characters: 17 digits and a digit or X.',
  ),
  id_number_check_digit: entry(
    400,
    'ID number mistyped',
    'The last character of an ID number follows from the others (GB 11643): one is mistyped.',
  ),
  password_weak: entry(
    400,
    'Password too weak',
    'Use 10 to 128 characters that are neither your phone number nor a common password.',
  ),
  password_leaked: entry(
    400,
    'Password known from leaks',
    'This password is in a list of leaked ones, where thieves look first. Choose another.',
  ),
  cursor_unknown: entry(400, 'Unknown cursor', '`starting_after` is not an id of this list.'),
  idempotency_key_missing: entry(
    400,
    'Idempotency-Key missing',
    'This endpoint moves money or changes a right: send an Idempotency-Key of your own.',
  ),
  idempotency_key_malformed: entry(
    400,
    'Idempotency-Key malformed',
    'An Idempotency-Key has 8 to 255 printable ASCII characters.',
  ),
  id_reused: entry(
    409,
    'Idempotency-Key used for something else',
    'The same key came before with another content. Nothing was done; use a fresh key.',
  ),
  method_not_allowed: entry(
    405,
    'Method not allowed',
    'The path exists, but not with this method.',
  ),
  body_too_large: entry(413, 'Body too large', 'Bodies are at most 64 KiB.'),
  media_type_not_supported: entry(415, 'Not JSON', 'Bodies are sent as application/json.'),
  rate_limited: entry(429, 'Too many requests', 'Wait for the seconds given in Retry-After.'),
  not_found: entry(404, 'Not found', 'There is nothing here, or it is not yours to see.'),
} as const satisfies Record<string, ProblemEntry>

/** Wallet and payments. */
const walletProblems = {
  insufficient_funds: entry(
    422,
    'Not enough money',
    'The source does not hold enough that is free to move. Nothing was moved.',
  ),
  limit_exceeded: entry(422, 'Limit exceeded', 'The account would pass its limit.'),
  account_not_found: entry(404, 'No such account', 'The account does not exist.'),
  account_closed: entry(409, 'Account closed', 'The account is closed.'),
  payee_not_found: entry(404, 'No such payee', 'No customer has this phone number or id.'),
  payee_is_payer: entry(422, 'Paying yourself', 'Payer and payee are the same customer.'),
  payee_cannot_receive: entry(422, 'Payee cannot receive', 'The payee cannot take money now.'),
  payment_not_found: entry(404, 'No such payment', 'No payment of yours has this id.'),
  payment_not_open: entry(
    409,
    'Payment already ended',
    'The payment is posted, denied, voided or recalled: it cannot be approved or cancelled.',
  ),
  payment_not_challenged: entry(
    409,
    'Nothing to confirm',
    'The payment does not wait for your word: it has ended, or an analyst decides.',
  ),
  payment_expired: entry(409, 'Payment expired', 'Its deadline passed; the money is back.'),
  bank_account_not_found: entry(404, 'No such bank account', 'It is not linked to you.'),
  bank_account_linked: entry(409, 'Already linked', 'This bank account is linked already.'),
  bank_account_cooling_off: entry(
    422,
    'Bank account too new',
    'A newly linked bank account can be paid to only after its cool-off.',
  ),
  holder_name_mismatch: entry(
    422,
    'Holder not confirmed',
    'The bank says that the account belongs to somebody else.',
  ),
  bank_refused: entry(422, 'Refused by the bank', 'The bank refused the movement.'),
  hold_ended: entry(409, 'Hold ended', 'The money is no longer on hold.'),
} as const satisfies Record<string, ProblemEntry>

/** Fund. */
const fundProblems = {
  holding_cap_exceeded: entry(
    422,
    'Holding cap reached',
    'The holding would pass the cap per customer that applies on this day.',
  ),
  daily_subscription_exceeded: entry(
    422,
    'Daily subscription limit reached',
    'You have moved in as much as the product, or the fund manager, allows on one day.',
  ),
  fund_quota_used: entry(422, 'Daily quota used up', 'The fund-wide quota of today is used up.'),
  fund_quota_not_open: entry(
    422,
    'Subscriptions begin at 09:00',
    'While the fund has a daily quota, it takes subscriptions from 09:00 local time on.',
  ),
  order_not_open: entry(
    409,
    'Order already ended',
    'The order is confirmed, rejected, cancelled or moved at once: it cannot be taken back.',
  ),
  order_past_cut_off: entry(
    409,
    'Past the cut-off',
    'The cut-off of its dealing day has come: the fund has the order.',
  ),
  standing_order_not_found: entry(404, 'No standing order', 'There is no standing order to end.'),
  order_too_small: entry(422, 'Order too small', 'The order is below the smallest one.'),
  subscriptions_suspended: entry(422, 'Fund closed for now', 'Subscriptions are suspended.'),
  fast_redemption_exceeded: entry(
    422,
    'Fast redemption limit reached',
    'The fast redemption limit of the day is used up; normal redemption is not under it.',
  ),
  daily_redemption_exceeded: entry(
    422,
    'Daily redemption limit reached',
    'The fund lets one person redeem no more on this day; fast redemption is not under this limit.',
  ),
  facility_exhausted: entry(
    422,
    'Fast redemption not available',
    'The bank that advances the money has reached its limit; normal redemption is offered.',
  ),
  order_not_found: entry(404, 'No such order', 'No fund order of yours has this id.'),
  calendar_horizon: entry(
    503,
    'Calendar ends here',
    'Dealing days are not known this far ahead, and we do not guess.',
  ),
  no_earning_units: entry(422, 'No units earn', 'There is nobody to credit income to.'),
} as const satisfies Record<string, ProblemEntry>

/** Reports, claims, reviews: making whole. */
const guaranteeProblems = {
  payment_not_reportable: entry(
    422,
    'Payment cannot be reported',
    'Only money that left, or is on its way, and is not reported yet can be reported.',
  ),
  report_late: entry(422, 'Reported too late', 'The notice period of the rule pack has passed.'),
  report_not_found: entry(404, 'No such report', 'No report of yours has this id.'),
  claim_not_found: entry(404, 'No such claim', 'There is no claim with this id.'),
  claim_not_open: entry(409, 'Claim not open', 'The claim is not waiting for this step.'),
  approver_is_maker: entry(
    403,
    'A second person is needed',
    'Who decided a claim cannot approve it as well.',
  ),
  cover_missing: entry(422, 'No cover', 'No cover was in force on the day of the loss.'),
  review_not_found: entry(404, 'No such review', 'There is no review with this id.'),
  review_ended: entry(409, 'Review ended', 'It was decided, or its deadline passed.'),
  decision_not_found: entry(404, 'No such decision', 'There is no decision with this id.'),
  device_not_found: entry(404, 'No such device', 'This customer has no such device.'),
  profile_not_found: entry(404, 'Nothing known', 'The guard has not heard of this account yet.'),
  outcome_differs: entry(
    409,
    'Another outcome was told before',
    'The opposite was said of this decision. What was said first stands.',
  ),
  policy_not_found: entry(404, 'No such policy', 'There is no policy of this name and version.'),
  policy_faulty: entry(
    422,
    'Policy faulty',
    'The document was not saved: `detail` names rule, line and column of what is wrong.',
  ),
  rule_not_found: entry(404, 'No such rule', 'The active policy has no rule of this id.'),
  rule_not_snoozable: entry(
    422,
    'Rule never sleeps',
    'A rule that denies outright is snoozed for nobody: publish a policy without it.',
  ),
  moment_passed: entry(422, 'Moment has passed', 'The end asked for is not in the future.'),
  already_in_force: entry(
    409,
    'Already in force',
    'The same entry or snooze is in force. Remove it first to change its end or reason.',
  ),
  too_many_measures: entry(
    409,
    'Lists are full',
    'Lists and snoozes hold 5,000 in all: remove what is no longer needed.',
  ),
  measure_not_found: entry(404, 'No such entry', 'There is no list entry or snooze of this id.'),
  measure_over: entry(409, 'No longer in force', 'It was removed, or has run out.'),
  facts_malformed: entry(
    422,
    'Facts malformed',
    'A fact is unknown or its value is not one it can have. `detail` names it.',
  ),
  draft_not_found: entry(404, 'No such draft', 'There is no policy draft of this version.'),
  draft_published: entry(
    409,
    'Draft published',
    'This version was published: save another draft, or roll back to it.',
  ),
  draft_not_shadowed: entry(
    409,
    'Not yet in the shadow',
    'Let the draft decide beside the live policy first.',
  ),
  draft_not_backtested: entry(
    409,
    'Not yet backtested',
    'Backtest the draft on recorded decisions first.',
  ),
  second_person_needed: entry(
    403,
    'Second person needed',
    'Whoever saved a draft cannot publish it.',
  ),
  policy_changed_meanwhile: entry(
    409,
    'Policy changed meanwhile',
    'Another policy decides by now: look again before rolling back.',
  ),
  model_malformed: entry(
    422,
    'Model malformed',
    'The file is no model in our form or in XGBoost’s JSON. `detail` names the place.',
  ),
  model_unsupported: entry(
    422,
    'Model unsupported',
    'A model of a kind that is not scored here. `detail` names the place.',
  ),
  model_not_found: entry(404, 'No such model', 'There is no model of this version.'),
  model_published: entry(
    409,
    'Model published',
    'This version was published: save another one, or roll back to it.',
  ),
  model_not_published: entry(409, 'Never published', 'Only a published model can come back.'),
  model_not_shadowed: entry(
    409,
    'Model not yet in the shadow',
    'Let the model score beside the live decisions first.',
  ),
  model_changed_meanwhile: entry(
    409,
    'Model changed meanwhile',
    'Another model decides by now: look again before changing it.',
  ),
  model_labels_missing: entry(
    422,
    'Too few labels',
    'Too few thefts are known to learn from and to be judged by. `detail` counts them.',
  ),
  model_not_learnt: entry(
    422,
    'Nothing learnt',
    'In validation the model was no better than chance.',
  ),
  model_without_training: entry(
    422,
    'Training unknown',
    'This model did not bring how the values lay when it was trained.',
  ),
  model_window_empty: entry(422, 'Nothing recorded', 'There is no decision in this window.'),
  already_active: entry(409, 'Already active', 'This policy decides already.'),
} as const satisfies Record<string, ProblemEntry>

/** The platform: partners, clock, capacity. */
const platformProblems = {
  partner_not_configured: entry(
    503,
    'Partner not configured',
    'This needs a partner (carrier, bank, fund manager, insurer) that is not set up here.',
  ),
  partner_unavailable: entry(
    503,
    'Partner does not answer',
    'A partner did not answer in time. Try again; the same Idempotency-Key is safe.',
  ),
  partner_refused: entry(502, 'Partner refused', 'A partner refused what was asked of it.'),
  unavailable: entry(
    503,
    'Not available now',
    'Overloaded, or the database is away. Wait for Retry-After; the same Idempotency-Key is safe.',
  ),
  database_unavailable: entry(
    503,
    'Database away',
    'The database cannot be reached. Nothing was done that was not acknowledged; try again.',
  ),
  simulation_off: entry(
    404,
    'No simulation here',
    'Test clock, phone simulator and replays exist only where the demo or a test runs.',
  ),
  clock_backwards: entry(422, 'Time runs forward', 'The test clock cannot be moved back.'),
  replay_not_found: entry(404, 'No such replay', 'There is no replay with this id.'),
  replay_running: entry(409, 'A replay is running', 'One replay at a time: wait for its end.'),
  internal: entry(
    500,
    'Our mistake',
    'Something broke that should not. The request id helps us to find it.',
  ),
} as const satisfies Record<string, ProblemEntry>

const table = {
  ...requestProblems,
  ...identityProblems,
  ...walletProblems,
  ...fundProblems,
  ...guaranteeProblems,
  ...platformProblems,
} as const

/** Every way in which a request can fail. Written down in docs/reference/errors.md. */
export type ErrorCode = keyof typeof table

export const problems: Readonly<Record<ErrorCode, ProblemEntry>> = table satisfies Record<
  ErrorCode,
  ProblemEntry
>

export const errorCodes = Object.keys(table) as readonly ErrorCode[]

export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(table, text)
}
