/** Business codes: under which code something is asked, and under which it is answered. */
export const businessCodes = {
  subscription: { asked: '022', answered: '122' },
  redemption: { asked: '024', answered: '124' },
  /** Units handed to another holder at once: what an advance paid for becomes the bank's. */
  transfer: { asked: '098', answered: '198' },
  dividend: { answered: '143' },
} as const

/** Return codes of a confirmation; `part` is ours. Any other one is a refusal. */
export const returnCodes = { done: '0000', part: '0001', refused: '9999' } as const

/** Yuan. */
export const currencyCode = '156'

/** 1.0000: the net asset value of a unit of this fund, always. */
export const constantNav = 10_000n

/** Who exchanges files about which fund; agreed between the parties, so a parameter. */
export interface FileParties {
  /** Us. */
  readonly distributor: string
  readonly agent: string
  readonly fundCode: string
  readonly fundName: string
}

export const usualParties: FileParties = {
  distributor: 'COFFER',
  agent: 'TA',
  fundCode: '000001',
  fundName: '余额货币',
}
