import { entry, type ProblemEntry } from './problem-entry.ts'

/** Who is asking, and whether they may. */
export const identityProblems = {
  sign_in_required: entry(401, 'Sign in first', 'The request carries no session.'),
  session_expired: entry(401, 'Session ended', 'The session has ended. Sign in again.'),
  credentials_wrong: entry(
    401,
    'Phone or password wrong',
    'The phone number and password do not go together. Nobody is told which of them is wrong.',
  ),
  too_many_tries: entry(
    429,
    'Too many tries',
    'Too many failed tries. Wait a while, or reset the password.',
  ),
  csrf_failed: entry(
    403,
    'Request not from our pages',
    'Send the `csrf_token` of the session in the header x-coffer-csrf.',
  ),
  role_forbidden: entry(403, 'Not your role', 'This operator lacks the role that is needed.'),
  factor_enrolment_required: entry(
    403,
    'Second factor to be set up first',
    'This session was opened with a password alone. Set up an app or a passkey, then go on.',
  ),
  operator_not_found: entry(404, 'No such operator', 'No operator with this id.'),
  login_taken: entry(409, 'Login in use', 'An operator with this login exists.'),
  staff_change_not_found: entry(404, 'No such change', 'No change of staff with this id.'),
  staff_change_not_open: entry(409, 'Change decided', 'This change of staff was decided already.'),
  admins_too_few: entry(409, 'Too few admins', 'Two admins must stay: it takes two to make more.'),
  admins_exist: entry(409, 'Admins exist', 'There are two admins: they make everybody else.'),
  partner_token_wrong: entry(
    401,
    'Not the token of this partner',
    'Partners send the agreed token as Authorization: Bearer. It is missing, or another one.',
  ),
  real_name_mismatch: entry(
    422,
    'Name and ID number do not go together',
    'The register of persons has another name for this ID number. The code is used up.',
  ),
  phone_taken: entry(409, 'Phone number in use', 'A customer with this phone number exists.'),
  code_wrong: entry(422, 'Code wrong', 'The code does not fit. After five wrong tries it is void.'),
  code_expired: entry(422, 'Code no longer valid', 'Codes are valid for five minutes.'),
  code_not_requested: entry(422, 'No code was requested', 'Ask for a code first.'),
  sms_not_accepted: entry(
    403,
    'SMS is no proof at the moment',
    'The SIM was changed or messages are forwarded, or the carrier cannot tell. Call your carrier.',
  ),
  identity_mismatch: entry(
    403,
    'Identity not confirmed',
    'Phone number and ID number do not belong together.',
  ),
  sign_in_denied: entry(
    403,
    'Sign-in refused',
    'The guard refused this sign-in. Use a device you have used before.',
  ),
  reset_denied: entry(
    403,
    'Reset refused',
    'The guard refused to reset the password this way. Use a trusted device or visit support.',
  ),
  challenge_not_found: entry(404, 'No such challenge', 'The challenge is unknown or was answered.'),
  challenge_expired: entry(422, 'Challenge expired', 'The time to answer is over. Start again.'),
  device_not_trusted: entry(
    403,
    'Device not trusted',
    'Only a device trusted for long enough may do this.',
  ),
  second_factor_required: entry(
    403,
    'More than a text is needed',
    'Neither a text nor an operator’s password is enough: send a code of the app, or of the sheet.',
  ),
  totp_on: entry(409, 'An app is set up', 'Take the present one away before you add another.'),
  totp_off: entry(409, 'No app set up', 'There is no app to take away.'),
  device_proof_missing: entry(
    403,
    'Signature of the device missing',
    'This device has a key of its own: what it approves carries its signature.',
  ),
  device_proof_wrong: entry(
    403,
    'Not signed by this device',
    'The signature was not made with the key of this device, or for something else.',
  ),
  password_required: entry(
    403,
    'Password needed for this approval',
    'This device has no key of its own: from another network, or for a large sum, send `password`.',
  ),
  session_not_found: entry(404, 'No such session', 'No session of yours has this id.'),
  passkey_wrong: entry(
    403,
    'Passkey not accepted',
    'The proof fits no passkey we know, or was made for something else.',
  ),
  passkey_taken: entry(
    409,
    'Passkey known already',
    'This passkey was added before. Make another.',
  ),
  passkey_not_found: entry(404, 'No such passkey', 'No passkey of yours has this id.'),
  too_many_passkeys: entry(422, 'Too many passkeys', 'Take one away before you add another.'),
  customer_frozen: entry(
    403,
    'Account frozen',
    'The account is frozen: no money leaves it until it is unfrozen.',
  ),
  customer_not_frozen: entry(409, 'Account not frozen', 'There is no freeze to lift.'),
  customer_not_found: entry(404, 'No such customer', 'No customer with this id.'),
  unfreeze_not_allowed: entry(
    403,
    'Not to be unfrozen here',
    'While a report is open, or from a device that is not trusted, only support may unfreeze.',
  ),
} as const satisfies Record<string, ProblemEntry>
