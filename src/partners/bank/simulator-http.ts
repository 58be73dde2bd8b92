import type { FastifyInstance } from 'fastify'
import { route } from '../http-route.ts'
import { instantText } from '../wire.ts'
import type { Bank, BankMovement } from './port.ts'
import {
  balanceBody,
  bankPaths,
  findBody,
  holderBody,
  moveBody,
  movementsBody,
  transferBody,
} from './wire.ts'

/** Serves a bank below wherever the plugin is mounted. */
export function bankRoutes(bank: Bank): (app: FastifyInstance) => Promise<void> {
  return async (app) => {
    app.post(bankPaths.confirmHolder, route(holderBody, bank.confirmHolder, asHolder))
    app.post(bankPaths.collect, route(transferBody, bank.collect, asMovement))
    app.post(bankPaths.payOut, route(transferBody, bank.payOut, asMovement))
    app.post(bankPaths.move, route(moveBody, bank.move, asMovement))
    app.post(
      bankPaths.find,
      route(findBody, ({ reference }) => bank.find(reference), asMovement),
    )
    app.post(
      bankPaths.balance,
      route(balanceBody, ({ account }) => bank.balance(account), asBalance),
    )
    app.post(bankPaths.movements, route(movementsBody, bank.movements, asMovements))
  }
}

function asHolder(holder: string): unknown {
  return { holder }
}

function asBalance(balance: bigint): unknown {
  return { balance }
}

function asMovement(movement: BankMovement): unknown {
  return {
    ...movement,
    sequence: movement.sequence.toString(),
    at: instantText(movement.at),
  }
}

function asMovements(movements: readonly BankMovement[]): unknown {
  return { movements: movements.map(asMovement) }
}
