// The servers that a test of several processes works on: those that EVENT_STORE_URL and READ_MODELS_URL name, or else a double of KurrentDB and
// FerretDB, each a process of its own.
import { startKurrentProcess } from '../doubles/kurrentdb/own-process.ts'
import { ferretdbInNewFolder, whyNoFerretdb } from './ferretdb.ts'

export interface GivenServer {
  readonly url: string
  /** Ends what was started here; a server that was given goes on. */
  stop(): Promise<void>
}

const given = (url: string): GivenServer => ({ url, stop: async () => undefined })

/** Why there is no server of read models; undefined where there is one, or can be. */
export const whyNoReadModels = (): string | undefined => (process.env.READ_MODELS_URL ? undefined : whyNoFerretdb())

export const eventStoreServer = async (): Promise<GivenServer> =>
  process.env.EVENT_STORE_URL ? given(process.env.EVENT_STORE_URL) : startKurrentProcess()

export const readModelServer = async (): Promise<GivenServer> =>
  process.env.READ_MODELS_URL ? given(process.env.READ_MODELS_URL) : ferretdbInNewFolder()

/** Both, named in this process's environment, so that whatever it opens or starts from here on uses them. */
export async function useServers(): Promise<{ stop(): Promise<void> }> {
  const [events, models] = await Promise.all([eventStoreServer(), readModelServer()])
  Object.assign(process.env, { EVENT_STORE_URL: events.url, READ_MODELS_URL: models.url })
  return { stop: async () => void (await Promise.all([events.stop(), models.stop()])) }
}
