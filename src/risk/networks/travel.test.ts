import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { hour, minute } from '#kernel'
import { countryPlaces } from './country-places.ts'
import { distanceKm, mostKmh, travelKmh, type Sighting } from './travel.ts'

const start = 1_000_000_000
const countries = Object.keys(countryPlaces)
const anySighting: fc.Arbitrary<Sighting> = fc.record({
  at: fc.integer({ min: 0, max: 72 * 60 }).map((minutes) => start + minutes * minute),
  place: fc.constantFrom(...countries),
})

test('thief: here and, half an hour later, at the other end of the world', () => {
  const speed = travelKmh({ at: start, place: 'CN' }, { at: start + hour / 2, place: 'NL' })
  assert(speed > 10_000, `${speed} km/h`)
})

test('honest twin: a flight, a border town, the same country, an unknown place', () => {
  const here = { at: start, place: 'CN' }
  const flown = travelKmh(here, { at: start + 12 * hour, place: 'NL' })
  assert(flown > 0 && flown < 900, `${flown} km/h`)
  assert.equal(travelKmh({ at: start, place: 'NL' }, { at: start + minute, place: 'BE' }), 0)
  assert.equal(travelKmh(here, { at: start, place: 'CN' }), 0)
  assert.equal(travelKmh(here, { at: start, place: 'ZZ' }), 0)
})

test('distance is the great circle’s: Beijing to Shanghai 1,068 km', () => {
  const beijing = { latitude: 39.904, longitude: 116.407 }
  const shanghai = { latitude: 31.23, longitude: 121.474 }
  assert(Math.abs(distanceKm(beijing, shanghai) - 1_068) < 3)
})

test('it is the same both ways, never more than fits, and slower with more time', () => {
  fc.assert(
    fc.property(anySighting, anySighting, (one, other) => {
      const speed = travelKmh(one, other)
      assert.equal(speed, travelKmh(other, one))
      assert(Number.isInteger(speed) && speed >= 0 && speed <= mostKmh)
      const [early, late] = one.at <= other.at ? [one, other] : [other, one]
      assert(travelKmh(early, { ...late, at: late.at + hour }) <= speed)
    }),
  )
})
