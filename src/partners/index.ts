/** The mobile carrier, feeds of threats. Never throw: `{ value }` or `{ unknown: why }`. */
export type { Carrier, CarrierAnswer, CarrierEvent, CarrierEvents } from './carrier/port.ts'
export type { ThreatFeed } from './feed/port.ts'
export { createTaxiiFeed } from './feed/http-adapter.ts'
export { rememberCarrier } from './carrier/carrier-memory.ts'
/** The bank. Errors: BankRefusal (final) and PassingFailure (repeat with the same reference). */
export type { Bank, BankError, BankMovement, BankRefusal, BankTransfer } from './bank/port.ts'
export type { MovementKind, OwnAccount } from './bank/port.ts'
/** The fund manager. Errors: FundRefusal (final) and PassingFailure. */
export type { FundError, FundManager, FundRefusal, UnitRegister } from './fund/port.ts'
export type { Confirmation, DayIncome, DealingDayOrders } from './fund/port.ts'
/** The insurer. Errors: InsurerRefusal (final) and PassingFailure. */
export type { Insurer, InsurerError, InsurerRefusal, InsurerTotals } from './insurer/port.ts'
export type { BoundCover, ClaimDecision, ClaimNotice, CoverTerms } from './insurer/port.ts'
export type { PremiumNotice, Remittance } from './insurer/port.ts'
/** A register of persons. Errors: PassingFailure, which says what is worth a repeat. */
export type { IdentityRegister } from './identity/port.ts'
export { isPassing, type PassingFailure } from './passing-failure.ts'
/** The carrier's news as CloudEvents, which it posts to us. */
export { carrierEventOf } from './carrier/cloud-event.ts'
/** Over HTTP, each with the errors of its port; `{ baseUrl, ids, token?, timeoutMs?, fetch? }`. */
export type { HttpPartnerOptions } from './http-call.ts'
export {
  createBankOverHttp, createCarrierOverHttp, createFundManagerOverHttp,
  createIdentityRegisterOverHttp, createInsurerOverHttp,
} from './over-http.ts'
/** Working partners with books of their own, and a Fastify plugin that serves them. */
export { createSimulators, type Simulators, type SimulatorsOptions } from './create-simulators.ts'
export { simulatorRoutes } from './simulator-routes.ts'
export type { CarrierSimulator } from './carrier/simulator.ts'
export type { InboxMessage } from './carrier/simulated-sms.ts'
export { createFeedSimulator } from './feed/simulator.ts'
export type { BankSimulator } from './bank/simulator.ts'
export type { FundSimulator } from './fund/simulator.ts'
/** Inputs with a fixed behaviour, for the error paths of flows. */
export {
  bankSentinels, carrierSentinels, fundSentinels, identitySentinels, insurerSentinels,
} from './sentinels.ts'
/** The partners' own balances, for `coffer verify`. */
export {
  readOutsideBalances,
  readOutsideMovements,
  type OutsideBalance,
  type OutsideMovement,
} from './outside-balances.ts'
/** The exchange protocol's files. Errors: faults by line and field; nothing throws. */
export {
  businessCodes, constantNav, currencyCode, returnCodes, usualParties, type FileParties,
} from './fund/files/business-codes.ts'
export type { FileFault } from './fund/files/file-fault.ts'
export type { FileRowOf } from './fund/files/protocol-22.ts'
export { fundFileName, readFundFileName } from './fund/files/file-name.ts'
export { firstRecordLine, readFundFile } from './fund/files/read-fund-file.ts'
export { writeFundFile, type FundFile } from './fund/files/write-fund-file.ts'
/** The fund manager by files behind the port of calls. Errors: FundError. */
export { createFundManagerOverFiles } from './fund/files/over-files.ts'
/** A transfer agent that works by files, and how it may fail. Errors: FundError, file faults. */
export {
  createTransferAgent, type AgentFault, type AgentFaults, type TransferAgent,
} from './fund/files/transfer-agent.ts'
