import { addDays, type LocalDate } from '#kernel'
import { divideHalfUp, larger } from '#money'
import type { DayIncome } from '../port.ts'
import {
  businessCodes,
  constantNav,
  currencyCode,
  returnCodes,
  type FileParties,
} from './business-codes.ts'
import type { FileRowOf } from './protocol-22.ts'
import type { AgentOrder, HolderUnits } from './simulated-holders.ts'

/** Records of the agent's files, from its register. */
export function agentRows({ fundCode, distributor, fundName }: FileParties) {
  const absolute = (amount: bigint) => larger(amount, -amount)
  const sign = (amount: bigint) => (amount < 0n ? '1' : '0')
  return {
    confirmation(
      order: AgentOrder,
      { on, done }: { on: LocalDate; done: boolean },
    ): FileRowOf<'04'> {
      const { serial, amount, volume } = order
      const confirmed = done ? amount + volume : 0n
      return {
        AppSheetSerialNo: serial,
        FundCode: fundCode,
        TransactionCfmDate: on,
        TransactionDate: order.orderedOn,
        ReturnCode: done ? returnCodes.done : returnCodes.refused,
        TransactionAccountID: order.holder,
        DistributorCode: distributor,
        BusinessCode: answeredUnder(order.business),
        ApplicationAmount: amount,
        ApplicationVol: volume,
        ConfirmedAmount: confirmed,
        ConfirmedVol: confirmed,
        NAV: constantNav,
        Charge: 0n,
        TASerialNO: serial.slice(-20),
        CurrencyType: currencyCode,
        TargetTransactionAccountID: order.target,
      }
    },

    holding({ holder, units, redeeming }: HolderUnits, date: LocalDate): FileRowOf<'05'> {
      return {
        FundCode: fundCode,
        TransactionAccountID: holder,
        DistributorCode: distributor,
        TransactionCfmDate: date,
        AvailableVol: larger(units - redeeming, 0n),
        TotalVolOfDistributorInTA: units,
        TotalFrozenVol: 0n,
      }
    },

    dividend(
      { holder, units }: HolderUnits,
      { date, share }: { date: LocalDate; share: bigint },
    ): FileRowOf<'06'> {
      return {
        FundCode: fundCode,
        TransactionAccountID: holder,
        DistributorCode: distributor,
        RegistrationDate: date,
        TransactionCfmDate: addDays(date, 1),
        TASerialNO: '',
        BusinessCode: businessCodes.dividend.answered,
        BasisforCalculatingDividend: units,
        DividendAmount: absolute(share),
        VolOfDividendforReinvestment: absolute(share),
        IncomeFlag: sign(share),
        DefDividendMethod: '0',
        ReturnCode: returnCodes.done,
      }
    },

    /** `yield7d` in 0.001 %; as a fraction with five decimals it has the same figures. */
    quotation({ date, units, income }: DayIncome, yield7d: bigint | null): FileRowOf<'07'> {
      const per10k = units === 0n ? 0n : divideHalfUp(income * 100_000_000n, units)
      return {
        FundCode: fundCode,
        FundName: fundName,
        UpdateDate: date,
        FundStatus: '0',
        NAV: constantNav,
        TotalFundVol: units,
        FundIncome: absolute(per10k) * 10n,
        FundIncomeFlag: sign(per10k),
        Yield: absolute(yield7d ?? 0n),
        YieldFlag: yield7d === null ? '2' : sign(yield7d),
        FundDayIncome: absolute(income),
        FundDayIncomeFlag: sign(income),
        IndiDayMaxSumBuy: 0n,
        IndiDayMaxSumRedeem: 0n,
        FundDayMaxSumBuy: 0n,
      }
    },
  }
}

function answeredUnder(business: string): string {
  const { subscription, redemption, transfer } = businessCodes
  const known = [subscription, redemption, transfer].find(({ asked }) => asked === business)
  return known?.answered ?? business
}
