// KurrentDB for the contract suite: the server at EVENT_STORE_URL, or a double in this process. Their logs are shared by all tests.
import type { EventStore } from '../../src/kernel/event-store.ts'
import { openKurrentEventStore } from '../../src/stores/kurrentdb/event-store.ts'
import { startKurrentDouble } from '../doubles/kurrentdb/server.ts'
import type { Opened } from './opened.ts'

/** The connection string of the server that tests run against, and how to be rid of it. */
export async function kurrentServer(): Promise<{ url: string; name: string; stop(): Promise<void> }> {
  const url = process.env.EVENT_STORE_URL
  if (url) return { url, name: 'KurrentDB', stop: async () => undefined }
  const double = await startKurrentDouble()
  return { ...double, name: 'KurrentDB (a double)' }
}

/** Opens stores on one server. */
export const onServer =
  (url: string, prefix = '') =>
  async (): Promise<Required<Opened<EventStore>>> => {
    const opened: EventStore[] = []
    const open = () => {
      const store = openKurrentEventStore({ url, prefix })
      opened.push(store)
      return store
    }
    const store = open()
    return {
      store,
      async reopen() {
        await store.close()
        return open()
      },
      beside: async () => open(),
      async destroy() {
        await Promise.all(opened.map((each) => each.close()))
      },
    }
  }
