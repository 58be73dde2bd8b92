/** A seeded city that uses the product. Refusals are counted, never thrown; defects reject. */
export {
  createWorld, demoStart, type CreateWorldOptions, type DemoWorld,
} from './create-world.ts'
export { demoSize, type CitySize } from './plan-city.ts'
export type { DemoSignIns } from './demo-sign-ins.ts'
