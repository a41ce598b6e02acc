// Embedded stores for the contract suites: each test has a folder of its own.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Opened } from './opened.ts'

/** Embedded stores can do all that a contract may ask of an adapter. */
type InFolder<Store> = Required<Opened<Store>> & { readonly path: string; readonly folder: string }

/** Opens a store in a new folder, by what opens one at a path. */
export const inNewFolder =
  <Store extends { close(): Promise<void> }>(openAt: (path: string) => Store) =>
  async (): Promise<InFolder<Store>> => {
    const folder = await mkdtemp(join(tmpdir(), 'caminho-'))
    const path = join(folder, 'store.sqlite')
    let store = openAt(path)
    const others: Store[] = []
    return {
      folder,
      path,
      store,
      async reopen() {
        await store.close()
        store = openAt(path)
        return store
      },
      async beside() {
        const other = openAt(path)
        others.push(other)
        return other
      },
      async destroy() {
        await Promise.all([store, ...others].map((one) => one.close()))
        await rm(folder, { recursive: true })
      },
    }
  }
