import type { Route } from './route.ts'
import {
  forwardingRequest,
  operatorLoginParams,
  phoneParams,
  simSwapRequest,
  simulatedApp,
  simulatedPhone,
} from './simulator.ts'

const simulated = {
  auth: 'none',
  idempotent: false,
  simulationOnly: true,
  tag: 'Simulation',
  params: phoneParams,
  status: 200,
  answer: simulatedPhone,
  errors: ['simulation_off', 'phone_malformed'],
} as const

/** Simulated phones: only in the demo and in tests. */
export const simulatorRoutes = {
  getSimulatedPhone: {
    ...simulated,
    method: 'GET',
    path: '/v1/simulator/phones/:phone/messages',
    summary: 'Messages a simulated phone has received, newest first',
  },
  forwardSimulatedPhone: {
    ...simulated,
    method: 'POST',
    path: '/v1/simulator/phones/:phone/forwarding',
    summary: 'Forward a phone’s messages to another one, or stop it',
    body: forwardingRequest,
  },
  swapSim: {
    ...simulated,
    method: 'POST',
    path: '/v1/simulator/phones/:phone/sim-swap',
    summary: 'Put a new SIM into service for a number',
    body: simSwapRequest,
  },
  getSimulatedApp: {
    ...simulated,
    method: 'GET',
    path: '/v1/simulator/operators/:login/code',
    summary: 'The code that the app of a simulated operator shows',
    params: operatorLoginParams,
    answer: simulatedApp,
    errors: ['simulation_off'],
  },
} as const satisfies Record<string, Route>
