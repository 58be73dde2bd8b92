import { customersOnDevices, devicesOf } from '#identity'
import { accountId } from '#ledger'
import {
  followLabel,
  isOtherwiseKnown,
  labelsToFollow,
  mostDevices,
  mostNeighbours,
  type LabelToFollow,
} from '#risk'
import { paymentById, paymentsOf } from '#wallet'
import type { FlowContext } from './context.ts'
import { submit } from './submit.ts'

type Context = Pick<FlowContext, 'lane' | 'sql' | 'now' | 'ids'>

/** Labels of one round, and payments looked through for whom a mule has paid. */
const mostLabels = 100
const paymentsRead = 1_000

/**
 * Follows what staff found out about payments to their payees and one hop on, once per label; a
 * job runs it. Each label changes a bounded number of records. Answers how many were followed.
 */
export function createFollowLabels(context: Context) {
  return async (): Promise<number> => {
    let followed = 0
    for (const known of await labelsToFollow(context.sql, mostLabels)) {
      const done = await submit(context, followLabel, {
        owner: 'guard',
        id: context.ids.next('fol'),
        input: { ...known, ...(await aroundOf(context, known)) },
      })
      if (done.ok) followed += 1
    }
    return followed
  }
}

/** Merchants are not followed: whoever buys with stolen money makes nobody a mule. */
async function aroundOf({ sql, now }: Context, { subject }: LabelToFollow) {
  const paid = await paymentById(sql, subject)
  if (paid === null || paid.payeeKind !== 'person') {
    return { payee: null, neighbours: [], devices: [] }
  }
  const id = paid.payee
  const owned = await devicesOf(sql, id, now())
  const devices = owned.slice(0, mostDevices).map(({ deviceId }) => deviceId)
  const payments = await paymentsOf(sql, id, { limit: paymentsRead })
  const paidByHim = payments
    .filter(({ payer, payeeKind, state }) => {
      return payer === id && payeeKind === 'person' && (state === 'posted' || state === 'recalled')
    })
    .map(({ payee }) => payee)
  const sharing = await customersOnDevices(sql, devices, mostNeighbours)
  const neighbours = [...new Set([...sharing, ...paidByHim])].filter((one) => one !== id)
  return {
    payee: {
      id,
      holder: accountId('2010', id),
      otherwiseKnown: await isOtherwiseKnown(sql, { payee: id, subject }),
    },
    neighbours: neighbours.slice(0, mostNeighbours).map((one) => accountId('2010', one)),
    devices,
  }
}
