// Notifications, for the other parts: the reactor that tells people, the jobs that mail digests and reports, messages that people send.
export type { Audience } from './audience.ts'
export { digestJobs } from './digests.ts'
export { type NewMessage, sendMessage } from './messages.ts'
export { notifying } from './raising.ts'
