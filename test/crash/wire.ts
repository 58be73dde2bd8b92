import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

/** A wire to a database, which can be cut: connections break and new ones are refused. */
export interface Wire {
  readonly port: number
  cut(): Promise<void>
  mend(): Promise<void>
}

export async function openWire(socketPath: string): Promise<Wire> {
  const sockets = new Set<Socket>()
  let port = 0
  let server: Server | null = null

  function join(near: Socket): void {
    const far = connect(socketPath)
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
      one.pipe(other)
    }
  }

  async function listen(): Promise<void> {
    server = createServer(join)
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    port = (server.address() as AddressInfo).port
  }

  async function cut(): Promise<void> {
    const listening = server
    server = null
    const closed = listening === null ? null : once(listening, 'close')
    listening?.close()
    for (const socket of sockets) socket.destroy()
    await closed
  }

  await listen()
  return {
    get port() {
      return port
    },
    cut,
    mend: listen,
  }
}
