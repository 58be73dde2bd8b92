/** Work that waits for no person: woken by commits and deadlines. Errors go to `onError`. */
export { createJobs, type Jobs, type JobsOptions } from './create-jobs.ts'
