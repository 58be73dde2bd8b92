import type { SimulatedPhone, TestClock } from '#contract'
import type { FlowProblem } from '#flows'
import { fail, ok, second, type Result } from '#kernel'
import type { Handlers } from '../handler.ts'
import type { HandlerOptions, Simulation } from '../handlers.ts'
import { testClockOf } from '../presenters/operators.ts'
import { timeOf, timeOrNull } from '../presenters/scalars.ts'

type Names =
  | 'startReplay'
  | 'getReplay'
  | 'getTestClock'
  | 'moveTestClock'
  | 'getSimulatedPhone'
  | 'forwardSimulatedPhone'
  | 'swapSim'
  | 'getSimulatedApp'

/** A new SIM that nobody said he holds lies in this phone. */
const strangersPhone = '+99900000098'

export function simulationHandlers(options: HandlerOptions): Handlers<Names> {
  const { flows, clock, replays, simulation } = options
  const off = () => Promise.resolve(fail<FlowProblem>({ code: 'simulation_off' }))

  async function present(): Promise<Result<TestClock, FlowProblem>> {
    const read = await flows.readTestClock()
    return read.ok ? ok(testClockOf(read.value, clock.now())) : read
  }

  async function phoneOf(
    { phones }: Simulation,
    phone: string,
  ): Promise<Result<SimulatedPhone, FlowProblem>> {
    const [line, inbox, own] = await Promise.all([
      phones.lineOf(phone),
      phones.inbox(phone),
      flows.readOwnDevice(phone),
    ])
    if (!own.ok) return own
    return ok({
      phone,
      forwarding_to: line.forwardedTo,
      sim_swapped_at: timeOrNull(line.simChangedAt),
      own_device: own.value === null ? null : { id: own.value.deviceId, name: own.value.name },
      messages: inbox.map(({ messageId, phone: sentTo, text, at }) => ({
        id: messageId,
        at: timeOf(at),
        sent_to: sentTo,
        text,
      })),
    })
  }

  return {
    getSimulatedApp: ({ params }) => flows.readDemoCode(params.login),
    startReplay: async ({ body }) => replays.start(body),
    getReplay: async ({ params }) => (simulation === null ? off() : replays.find(params.id)),
    getTestClock: async () => (simulation === null ? off() : present()),
    async moveTestClock({ body }) {
      if (simulation === null) return off()
      const { to, advance_seconds, rate } = body
      if (to !== undefined && advance_seconds !== undefined) {
        return fail({ code: 'request_malformed', param: 'advance_seconds' })
      }
      const moved = await simulation.moveClock({
        ...(to !== undefined && { to: Date.parse(to) }),
        ...(advance_seconds !== undefined && { advanceMs: advance_seconds * second }),
        ...(rate !== undefined && { rate }),
      })
      return moved.ok ? present() : moved
    },
    getSimulatedPhone: async ({ params }) =>
      simulation === null ? off() : phoneOf(simulation, params.phone),
    async forwardSimulatedPhone({ params, body }) {
      if (simulation === null) return off()
      const { phones } = simulation
      if (body.to === null) await phones.stopForwarding(params.phone)
      else await phones.forwardSms(params.phone, body.to)
      return phoneOf(simulation, params.phone)
    },
    async swapSim({ params, body }) {
      if (simulation === null) return off()
      await simulation.phones.swapSim(params.phone, body.held_by ?? strangersPhone)
      return phoneOf(simulation, params.phone)
    },
  }
}
