// The pieces that mails are made of: compiled when the first mail is written, and kept.
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { cut, type Kit } from '../../views/mail/layout.ts'

async function compile(): Promise<Kit> {
  const worker = new Worker(new URL('kit-thread.ts', import.meta.url))
  const [compiled]: unknown[] = await once(worker, 'message')
  return cut(String(compiled))
}

/** Gives the kit; made once, anew only if that failed. */
export function openKit(): () => Promise<Kit> {
  let kit: Promise<Kit> | undefined
  return () => {
    kit ??= compile().catch((error: unknown) => {
      kit = undefined
      throw error
    })
    return kit
  }
}
