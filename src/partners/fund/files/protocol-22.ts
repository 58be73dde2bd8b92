import type { FileField, FileProtocol, FileRow, FileType } from './file-layout.ts'

/*
 * Our reading of the public specification (docs/reference/fund-files.md says what is ours). Names
 * are the specification's; on the wire they are in capitals, one a line.
 */
const serial = { name: 'AppSheetSerialNo', kind: 'text', width: 24 } as const
const fund = { name: 'FundCode', kind: 'digits', width: 6 } as const
const holder = { name: 'TransactionAccountID', kind: 'text', width: 17 } as const
const distributor = { name: 'DistributorCode', kind: 'text', width: 9 } as const
const business = { name: 'BusinessCode', kind: 'digits', width: 3 } as const
const currency = { name: 'CurrencyType', kind: 'digits', width: 3 } as const
const target = { name: 'TargetTransactionAccountID', kind: 'text', width: 17 } as const
const ordered = { name: 'TransactionDate', kind: 'date', width: 8 } as const
const confirmed = { name: 'TransactionCfmDate', kind: 'date', width: 8 } as const
const returned = { name: 'ReturnCode', kind: 'digits', width: 4 } as const
const agentSerial = { name: 'TASerialNO', kind: 'text', width: 20 } as const
const asked = [
  { name: 'ApplicationAmount', kind: 'number', width: 16, decimals: 2 },
  { name: 'ApplicationVol', kind: 'number', width: 16, decimals: 2 },
] as const

const orders = [
  serial,
  fund,
  ordered,
  { name: 'TransactionTime', kind: 'digits', width: 6 },
  holder,
  distributor,
  business,
  ...asked,
  currency,
  target,
] as const satisfies readonly FileField[]

const confirmations = [
  serial,
  fund,
  confirmed,
  ordered,
  returned,
  holder,
  distributor,
  business,
  ...asked,
  { name: 'ConfirmedAmount', kind: 'number', width: 16, decimals: 2 },
  { name: 'ConfirmedVol', kind: 'number', width: 16, decimals: 2 },
  { name: 'NAV', kind: 'number', width: 7, decimals: 4 },
  { name: 'Charge', kind: 'number', width: 10, decimals: 2 },
  agentSerial,
  currency,
  target,
] as const satisfies readonly FileField[]

const holdings = [
  fund,
  holder,
  distributor,
  confirmed,
  { name: 'AvailableVol', kind: 'number', width: 16, decimals: 2 },
  { name: 'TotalVolOfDistributorInTA', kind: 'number', width: 16, decimals: 2 },
  { name: 'TotalFrozenVol', kind: 'number', width: 16, decimals: 2 },
] as const satisfies readonly FileField[]

const dividends = [
  fund,
  holder,
  distributor,
  { name: 'RegistrationDate', kind: 'date', width: 8 },
  confirmed,
  agentSerial,
  business,
  { name: 'BasisforCalculatingDividend', kind: 'number', width: 16, decimals: 2 },
  { name: 'DividendAmount', kind: 'number', width: 16, decimals: 2 },
  { name: 'VolOfDividendforReinvestment', kind: 'number', width: 16, decimals: 2 },
  { name: 'IncomeFlag', kind: 'digits', width: 1 },
  { name: 'DefDividendMethod', kind: 'digits', width: 1 },
  returned,
] as const satisfies readonly FileField[]

const quotations = [
  fund,
  { name: 'FundName', kind: 'text', width: 40 },
  { name: 'UpdateDate', kind: 'date', width: 8 },
  { name: 'FundStatus', kind: 'digits', width: 1 },
  { name: 'NAV', kind: 'number', width: 7, decimals: 4 },
  { name: 'TotalFundVol', kind: 'number', width: 16, decimals: 2 },
  { name: 'FundIncome', kind: 'number', width: 8, decimals: 5 },
  { name: 'FundIncomeFlag', kind: 'digits', width: 1 },
  { name: 'Yield', kind: 'number', width: 8, decimals: 5 },
  { name: 'YieldFlag', kind: 'digits', width: 1 },
  { name: 'FundDayIncome', kind: 'number', width: 16, decimals: 2 },
  { name: 'FundDayIncomeFlag', kind: 'digits', width: 1 },
  { name: 'IndiDayMaxSumBuy', kind: 'number', width: 16, decimals: 2 },
  { name: 'IndiDayMaxSumRedeem', kind: 'number', width: 16, decimals: 2 },
  { name: 'FundDayMaxSumBuy', kind: 'number', width: 16, decimals: 2 },
] as const satisfies readonly FileField[]

const layouts = {
  '03': orders,
  '04': confirmations,
  '05': holdings,
  '06': dividends,
  '07': quotations,
} as const satisfies Record<FileType, readonly FileField[]>

/** One record of a type of file. */
export type FileRowOf<T extends FileType> = FileRow<(typeof layouts)[T]>

/** The version that both sides use by default. */
export const protocol22: FileProtocol & { readonly layouts: typeof layouts } = {
  version: '22',
  lineEnd: '\r\n',
  header: {
    version: 4,
    creator: 9,
    recipient: 9,
    date: 8,
    sequence: 3,
    type: 2,
    sender: 8,
    receiver: 8,
    fieldCount: 3,
    recordCount: 8,
  },
  layouts,
}
