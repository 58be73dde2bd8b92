/** Whose income R205 is: the bank that advances fast redemptions holds R204 and R205. */
export const advanceBank = 'advance_bank'
