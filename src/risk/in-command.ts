/** Inside a command: decide first, record after. No errors. */
export { addLabel } from './add-label.ts'
export { decideInCommand } from './decide-in-command.ts'
export { guardKeys } from './guard-keys.ts'
export { recordEvent, type GuardEvent } from './record-event.ts'
export { recordPayment, type GuardedPayment } from './record-payment.ts'
