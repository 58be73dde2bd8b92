import { connect, type Socket } from 'node:net'
import { createSeededRandom } from '#kernel'
import { customerId, customers, deviceId, tokenOf } from './commit-data.ts'
import { measure } from './report.ts'

/** What the client is to do. */
export interface HttpLoadOrder {
  readonly url: string
  /** Connections, each with one request under way. */
  readonly inFlight: number
  readonly warmUpSeconds: number
  readonly seconds: number
  readonly seed: number
}

/**
 * One kept-alive connection that speaks just enough HTTP/1.1 for the server's own answers: the
 * client shares the server's cores, so a costly one would be measured instead of it.
 */
function open(url: URL): (head: string, body: string) => Promise<string> {
  const socket: Socket = connect(Number(url.port), url.hostname).setNoDelay(true)
  socket.setEncoding('latin1')
  let text = ''
  let settle: { resolve: (answer: string) => void; reject: (error: Error) => void } | null = null
  socket.on('error', (error) => settle?.reject(error))
  socket.on('close', () => settle?.reject(new Error('the server hung up')))
  socket.on('data', (chunk: string) => {
    text += chunk
    const end = text.indexOf('\r\n\r\n')
    if (end < 0) return
    const length = /\r\ncontent-length: (\d+)/i.exec(text)?.[1]
    if (length === undefined) return settle?.reject(new Error(`no length: ${text}`))
    if (text.length < end + 4 + Number(length)) return
    const answer = text
    text = ''
    settle?.resolve(answer)
  })
  return (head, body) =>
    new Promise((resolve, reject) => {
      settle = { resolve, reject }
      socket.write(`${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
    })
}

async function work(order: HttpLoadOrder): Promise<void> {
  const url = new URL(order.url)
  const random = createSeededRandom(order.seed)
  const idle = Array.from({ length: order.inFlight }, () => open(url))
  const measured = await measure(async (n) => {
    const payer = random.between(2, customers)
    const payee = random.between(1, payer - 1)
    const send = idle.pop()
    if (send === undefined) throw new Error('no connection is free')
    const head =
      `POST /v1/payments HTTP/1.1\r\nhost: ${url.host}\r\ncontent-type: application/json\r\n` +
      `authorization: Bearer ${tokenOf(payer)}\r\nx-coffer-device: ${deviceId(payer)}\r\n` +
      `idempotency-key: bench-${order.seed}-${n}\r\n`
    const fen = random.between(100, 1_000)
    const amount = `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`
    const payeeId = customerId(payee)
    const wish = { payee: { customer_id: payeeId }, amount, currency: 'CNY', source: 'wallet' }
    const answer = await send(head, JSON.stringify(wish))
    idle.push(send)
    if (!answer.includes('"state":"posted"')) throw new Error(answer)
  }, order)
  process.stdout.write(JSON.stringify(measured), () => process.exit(0))
}

const [text] = process.argv.slice(2)
if (text !== undefined) await work(JSON.parse(text) as HttpLoadOrder)
