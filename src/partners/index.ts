/** The mobile carrier. Never throws: `{ value }` or `{ unknown: why }`. */
export type {
  Carrier,
  CarrierAnswer,
  CarrierSilence,
  DeliveryReport,
  ForwardingKind,
  LastChange,
  SmsReceipt,
} from './carrier/port.ts'
/** The bank. Errors: BankRefusal (final) and PassingFailure (repeat with the same reference). */
export type {
  Bank,
  BankError,
  BankMovement,
  BankRefusal,
  BankTransfer,
  MovementKind,
  OwnAccount,
} from './bank/port.ts'
/** The fund manager. Errors: FundRefusal (final) and PassingFailure. */
export type {
  Confirmation,
  DayIncome,
  DealingDayOrders,
  FundError,
  FundManager,
  FundRefusal,
  UnitRegister,
} from './fund/port.ts'
/** The insurer. Errors: InsurerRefusal (final) and PassingFailure. */
export type {
  BoundCover,
  ClaimDecision,
  ClaimNotice,
  CoverTerms,
  Insurer,
  InsurerError,
  InsurerRefusal,
  InsurerTotals,
  PremiumNotice,
  Remittance,
} from './insurer/port.ts'
/** Which errors are worth a repeat. */
export { isPassing, type PassingFailure } from './passing-failure.ts'
