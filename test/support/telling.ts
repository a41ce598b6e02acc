// What tells people things, running beside a shop of the tests: the reactors of notifications and the sender of mail, as main.ts runs them.
import assert from 'node:assert/strict'
import { type Mail, mails } from '../../projections/mails.ts'
import { adjustStock } from '../../src/commands/stock.ts'
import { digestJobs, notifying } from '../../src/notifications/index.ts'
import { welcoming } from '../../src/reactors/welcome.ts'
import { startReactors } from '../../src/subscribers/reactor-runner.ts'
import type { RunningShop } from './app.ts'
import { until } from './until.ts'

/** Milliseconds: servers of stores on a busy machine take a while. */
const within = 30_000

export async function startTelling({ system, ids }: RunningShop) {
  const stopping = new AbortController()
  const { signal } = stopping
  const { store, keyValue, log, tracing } = system
  const told = [notifying(system), welcoming(system)]
  const reactors = startReactors({ store, keyValue, log, tracing, signal, reactors: told })
  await until(() => reactors.positions().every(({ position }) => position !== undefined), {
    what: 'the start of the reactors',
  })
  const mailing = system.mail.run(signal)

  return {
    /** Takes so much of the rice away that it runs low. */
    async runLow(productId = ids.rice, left = 3): Promise<void> {
      const lines = [{ productId, change: left - 100 }]
      const outcome = await adjustStock(
        system,
        { locationId: ids.shop, lines, reason: 'damaged', note: '' },
        system.self('tests'),
      )
      assert(!outcome.rejected)
    },
    /** Mails what is due at the end of this quarter of an hour. */
    async digest(): Promise<void> {
      const [lowStock] = digestJobs(system)
      await this.settled()
      await lowStock?.run(new Date(system.now().getTime() + 16 * 60_000), signal)
    },
    /** Until the reactors have reacted to all, and the read models show it. */
    async settled(): Promise<void> {
      const head = await store.head()
      await until(() => reactors.positions().every(({ position = -1n }) => position >= head), {
        what: 'the reactions',
        within,
      })
      assert(await system.progress.waitFor(await store.head(), within))
    },
    /** The mails, once none of them waits that is due. */
    async sent(count: number): Promise<readonly Mail[]> {
      const all = async () => (await system.models.find(mails, { sort: { by: 'queuedAt' }, limit: 1_000 })).items
      const isOver = async () => {
        const found = await all()
        return found.length >= count && found.every(({ document }) => document.state !== 'waiting')
      }
      await until(isOver, { what: `the end of ${count} mails`, within })
      return (await all()).map(({ document }) => document)
    },
    async stop(): Promise<void> {
      stopping.abort()
      await Promise.all([reactors.stopped, mailing])
    },
  }
}
export type Telling = Awaited<ReturnType<typeof startTelling>>
