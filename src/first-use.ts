// The first start on an empty store: the demo company, or a one-time code with which a real one is set up.
import { randomInt, timingSafeEqual } from 'node:crypto'
import { demoEmails } from './demo/accounts.ts'
import { seedDemo } from './demo/seed.ts'
import { START } from './kernel/event-store.ts'
import type { System } from './system.ts'

const space = 'setup'
const key = 'code'

/** Without letters and digits that look alike. */
const alphabet = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'
const newCode = (): string => Array.from({ length: 12 }, () => alphabet[randomInt(alphabet.length)]).join('')

export type FirstUse = 'ready' | 'demo-seeded' | { readonly code: string }

/**
 * Whatever an empty store needs before people can come in: the demo company where the configuration asks for it; else a code, the same until
 * it is used, for the set-up page.
 */
export async function prepareFirstUse(system: System, onProgress: (share: number) => void): Promise<FirstUse> {
  let first: FirstUse = 'ready'
  // Of several nodes that start at once on an empty store, the others find it prepared.
  const prepare = async (): Promise<void> => {
    first = await prepareAlone(system, onProgress)
  }
  await system.leases.whileHeld('first-use', prepare, new AbortController().signal)
  return first
}

async function prepareAlone(system: System, onProgress: (share: number) => void): Promise<FirstUse> {
  const { store, keyValue, config, passwords } = system
  const kept = await keyValue.get(space, key)
  if (kept) return { code: String(kept.value) }
  if ((await store.head()) !== START) return 'ready'
  if (config.demo) {
    await seedDemo(system, {
      password: config.demoPassword,
      setPassword: passwords.set,
      onProgress: (day, days) => onProgress(day / days),
    })
    return 'demo-seeded'
  }
  const code = newCode()
  await keyValue.put(space, key, code, { expected: 0 })
  return { code }
}

/** Whether a code is the one that the first start gave; false once the company is set up. */
export async function isSetupCode({ keyValue }: Pick<System, 'keyValue'>, typed: string): Promise<boolean> {
  const kept = await keyValue.get(space, key)
  if (!kept) return false
  const [given, wanted] = [typed.toUpperCase().replace(/[^A-Z0-9]/g, ''), String(kept.value)].map((text) =>
    Buffer.from(text),
  )
  return given !== undefined && wanted !== undefined && given.length === wanted.length && timingSafeEqual(given, wanted)
}

/** Whether a company is still to be set up. */
export const awaitsSetup = async ({ keyValue }: Pick<System, 'keyValue'>): Promise<boolean> =>
  (await keyValue.get(space, key)) !== undefined

/** The code has served; it serves no second time. */
export const forgetSetupCode = async ({ keyValue }: Pick<System, 'keyValue'>): Promise<void> => {
  await keyValue.delete(space, key)
}

/** What to print after the first start, for the person at the terminal. */
export function welcome(first: FirstUse, url: string, config: System['config']): readonly string[] {
  if (typeof first === 'object') return [`Set up your company at ${url}/setup with the code ${first.code}`]
  if (!config.demo) return []
  return ['Demo accounts:', ...demoEmails.map((email) => `  ${email}`), `Password of all: ${config.demoPassword}`]
}

/** Shows how far the demo company has come: one line that is written over on a terminal, every quarter elsewhere. */
export function seedingLine(): (share: number) => void {
  let told = -1
  return (share) => {
    const percent = Math.floor(share * 100)
    const step = process.stdout.isTTY ? 1 : 25
    if (Math.floor(percent / step) === told) return
    told = Math.floor(percent / step)
    process.stdout.write(`${process.stdout.isTTY ? '\r' : ''}Seeding the demo company: ${percent} %`)
    if (!process.stdout.isTTY || percent === 100) process.stdout.write('\n')
  }
}
