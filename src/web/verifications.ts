// Verifications of the whole log as jobs: begun by a request, done in a thread, told by every node.
import { z } from '@hono/zod-openapi'
import { inThread, keysIn, type Verdict } from '../audit/index.ts'
import { foldingOf } from '../rebuilding.ts'
import type { System } from '../system.ts'
import { type Jobs, jobs } from './jobs.ts'
import { ProblemError } from './problems.ts'

/** A verdict, as the API gives it. Indexes count from 0. */
export const verdict = z
  .object({
    finding: z
      .object({
        kind: z.enum(['changed', 'removed', 'inserted', 'reordered', 're-signed', 'damaged']),
        index: z.int(),
        detail: z.string(),
        event: z.object({ id: z.string(), type: z.string(), stream: z.string(), revision: z.string() }).nullable(),
      })
      .nullable()
      .describe('The first event that does not fit, and what was done to it; null when all fits'),
    events: z.int(),
    proved: z.int().describe('So many events from the beginning are proved by a seal'),
    seals: z.int(),
    lastSeal: z.object({ size: z.int(), root: z.string(), at: z.string() }).nullable(),
  })
  .openapi('Verdict')
export type ToldVerdict = z.infer<typeof verdict>

const told = ({ finding, lastSeal, ...counts }: Verdict): ToldVerdict => ({
  ...counts,
  finding: finding ? { ...finding, event: finding.event ?? null } : null,
  lastSeal: lastSeal ?? null,
})

/** Milliseconds between two tellings that it is still at it: the check of the file itself says nothing for a while. */
const tellEvery = 1_000

export type Verifications = Jobs<ToldVerdict>

export const verificationsOf = ({ keyValue, now, log }: System): Verifications =>
  jobs(
    { keyValue, now, onFailure: (error) => log.error({ err: error }, 'a verification was interrupted') },
    'log-verifications',
    verdict,
  )

/** Begins to verify the log as it is; its id. Problem: `not-sealed-yet`. `key`: the public key that the auditor trusts; without it the log's own. */
export async function beginVerification(system: System, key: string | undefined): Promise<string> {
  if (key === undefined && (await keysIn(system.rawLog)).length === 0) throw new ProblemError('not-sealed-yet')
  const id = system.newId()
  await verificationsOf(system).begin(id, 0, async (tell) => {
    let events = 0
    const telling = setInterval(() => tell(events), tellEvery)
    try {
      const task = { kind: 'verify', ...(key !== undefined && { key }) } as const
      const onProgress = (read: number) => {
        events = read
      }
      const { signal } = new AbortController()
      return told(await inThread<'verify'>(foldingOf(system.config), task, { signal, onProgress }))
    } finally {
      clearInterval(telling)
    }
  })
  return id
}
