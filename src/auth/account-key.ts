// The account key: a keyed hash of an e-mail address, so that logins can be found, and attempts counted, without the address in the log.
import { createHmac } from 'node:crypto'

/** Stable for one master key; the address cannot be had back from it. Case and surrounding space do not matter. */
export const accountKeyOf = (masterKey: Buffer, email: string): string =>
  createHmac('sha256', masterKey).update(`account ${email.trim().toLowerCase()}`).digest('base64url')
