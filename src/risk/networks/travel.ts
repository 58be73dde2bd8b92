import { hour, type Instant } from '#kernel'
import { countryPlaces } from './country-places.ts'

/** Somewhere on earth, in degrees. */
export interface Coordinates {
  readonly latitude: number
  readonly longitude: number
}

/** Where somebody was seen, and when. A country stands for its middle. */
export interface Sighting {
  readonly at: Instant
  readonly place: string | Coordinates
}

const earthRadiusKm = 6_371
/** Lists of networks err by so much, and countries are wide: nearer is the same place. */
export const samePlaceKm = 1_000
/** Faster than any airliner; rates above it are shown as they are. */
export const mostKmh = 65_535

/**
 * How fast one had to travel between two sightings, in whole km/h; 0 when they are near each other
 * or one of the places is not known. Symmetric; the shortest time counted is a minute.
 */
export function travelKmh(one: Sighting, other: Sighting): number {
  const from = coordinatesOf(one.place)
  const to = coordinatesOf(other.place)
  if (from === undefined || to === undefined) return 0
  const km = distanceKm(from, to)
  if (km < samePlaceKm) return 0
  const hours = Math.max(Math.abs(one.at - other.at) / hour, 1 / 60)
  return Math.min(mostKmh, Math.round(km / hours))
}

/** Along the great circle. */
export function distanceKm(from: Coordinates, to: Coordinates): number {
  const rad = Math.PI / 180
  const north = Math.sin(((to.latitude - from.latitude) * rad) / 2)
  const east = Math.sin(((to.longitude - from.longitude) * rad) / 2)
  const across = Math.cos(from.latitude * rad) * Math.cos(to.latitude * rad) * east * east
  return 2 * earthRadiusKm * Math.asin(Math.min(1, Math.sqrt(north * north + across)))
}

function coordinatesOf(place: string | Coordinates): Coordinates | undefined {
  return typeof place === 'string' ? countryPlaces[place] : place
}
