/** Exact sliding windows, also ending a delay ago. */
export { slidingWindows, type SlidingWindows } from './sliding-windows.ts'
/** Networks by a list of the host's own; faults by line and field. Travel in km/h, 0: unknown. */
export { networkKinds, readNetworkList, type NetworkList } from './networks/network-list.ts'
export { travelKmh } from './networks/travel.ts'
/** Hash prefixes of bad pages and apps by feed, each with age and health. No errors. */
export { createThreatLists, type ThreatFeedPlan, type ThreatLists } from './threats/threat-lists.ts'
