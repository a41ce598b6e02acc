// The opened system: its stores, its ways to change and to ask, handed to whoever serves people (web, command line, tests).
import { randomUUID } from 'node:crypto'
import pino, { type Logger } from 'pino'
import { accountKeyOf } from './auth/account-key.ts'
import { type Attempts, type CountAttempts, countAttempts } from './auth/attempts.ts'
import { type Links, openLinks } from './auth/links.ts'
import { type Login, openLogin } from './auth/login.ts'
import { openPasswords, type Passwords } from './auth/passwords.ts'
import { followRevocations, type Revocations } from './auth/revocations.ts'
import { sharedAttempts } from './auth/shared-attempts.ts'
import { openTokens, type Tokens } from './auth/tokens.ts'
import { type BackupArea, openBackupArea } from './backup/index.ts'
import { openCloudinary } from './cloudinary.ts'
import { type CommandHandling, type Context, commandHandling } from './commands/handling.ts'
import { stateCache } from './commands/state-cache.ts'
import type { Config } from './config.ts'
import { catalogues } from './domain/events.ts'
import { type FileStore, folderOf, openFiles } from './files/index.ts'
import { hearForeignAppends } from './foreign-appends.ts'
import { growingIds } from './ids.ts'
import { coded } from './kernel/codec.ts'
import { UnavailableError } from './kernel/errors.ts'
import { type EventStore, START } from './kernel/event-store.ts'
import type { KeyValueStore } from './kernel/key-value.ts'
import type { ReadModels } from './kernel/read-models.ts'
import { noTracing, type Tracing } from './kernel/tracing.ts'
import { openVault, type Vault } from './kernel/vault.ts'
import { type Mail, openMail } from './mail/index.ts'
import {
  checksOf,
  keepRecent,
  type Monitoring,
  metersOf,
  openMonitoring,
  type RecentLines,
  tracedCommands,
} from './monitoring/index.ts'
import { areShared, leasesAt, masterKeyOf, openStores, type Stores, whereaboutsOf } from './opening.ts'
import { openPhotos, type Photos } from './photos.ts'
import { type Progress, progressFrom } from './progress.ts'
import { openPush, type Push } from './push/index.ts'
import type { Leases } from './subscribers/leases.ts'
import type { ReactorRunner } from './subscribers/reactor-runner.ts'
import { version } from './version.ts'

export interface System {
  readonly config: Config
  readonly log: Logger
  readonly now: () => Date
  /** UUIDs v7. */
  readonly newId: () => string
  readonly store: EventStore
  /** The log as it is stored: personal fields encrypted, old versions as they were written. For seals, exports and backups. */
  readonly rawLog: EventStore
  readonly models: ReadModels
  readonly keyValue: KeyValueStore
  /** What only one node may do at a time is done under a lease. */
  readonly leases: Leases
  readonly vault: Vault
  readonly commands: CommandHandling
  readonly passwords: Passwords
  readonly tokens: Tokens
  readonly revocations: Revocations
  readonly login: Login
  /** Wrong set-up codes, by where they come from. */
  readonly setupAttempts: Attempts
  /** Password links that were asked for, by whoever asks and by whose they are. */
  readonly linkRequests: { readonly ofCaller: Attempts; readonly ofAccount: Attempts }
  /** The key under which the account of an e-mail address is found. */
  readonly accountKey: (email: string) => string
  /** Where files are that every node must find. */
  readonly files: FileStore
  readonly links: Links
  readonly mail: Mail
  readonly photos: Photos
  readonly progress: Progress
  /** Tells people what happens, when it happens. */
  readonly push: Push
  /** Has a projection built anew beside the live one, which it then replaces. @throws UnavailableError where none are run */
  readonly rebuild: (projection: string) => void
  /** The reactors, and the events that they could not react to. @throws UnavailableError where none are run */
  readonly reactors: () => Pick<ReactorRunner, 'positions' | 'parked' | 'replay' | 'discard'>
  /** Whether everything that comes before serving people is done. */
  readonly startUp: { done: boolean }
  readonly monitoring: Monitoring
  /** The latest lines of this node's log. */
  readonly recentLogs: RecentLines
  readonly tracing: Tracing
  readonly backup: BackupArea
  /** Who the system itself is, in what it records on its own account. */
  readonly self: (part: string) => Context
  close(): Promise<void>
}

export interface SystemOptions {
  readonly config: Config
  readonly now?: () => Date
  readonly log?: Logger
  readonly recentLogs?: RecentLines
  /** Where spans go; nowhere by default. */
  readonly tracing?: Tracing
  /** Told after each commit, so that readers in other threads look at once. */
  readonly onCommit?: (position: bigint) => void
  /** Told when somebody waits for the read models. */
  readonly onWait?: () => void
  /** Has a projection built anew by whoever runs the projections. */
  readonly rebuild?: (projection: string) => void
  /** People are served by this thread: it does not wait for the disk. */
  readonly serving?: boolean
  readonly reactors?: System['reactors']
}

/**
 * Opens the stores and everything that stands on them. The projections are run elsewhere (see worker.ts); `progress` learns from there.
 * @throws UnavailableError when a store cannot be reached; SealBrokenError when the master key is not the one that the data was sealed with
 */
export async function openSystem(options: SystemOptions): Promise<System> {
  const log = options.log ?? pino({ level: options.config.logLevel })
  const stores = await openStores(whereaboutsOf(options.config), { log, serving: options.serving ?? false })
  try {
    return await systemOver(stores, { ...options, log })
  } catch (error) {
    await stores.close()
    throw error
  }
}

async function systemOver(
  { eventStore, models, keyValue, connections, close }: Stores,
  {
    config,
    now = () => new Date(),
    log,
    recentLogs = keepRecent(),
    tracing = noTracing,
    onCommit = () => undefined,
    onWait = () => undefined,
    rebuild = () => {
      throw new UnavailableError('the projection runner')
    },
    reactors = () => {
      throw new UnavailableError('the reactor runner')
    },
  }: SystemOptions & { readonly log: Logger },
): Promise<System> {
  const masterKey = masterKeyOf(config)
  const stopping = new AbortController()
  let closing = Promise.resolve()
  const vault = openVault(keyValue, masterKey)
  const store = coded(eventStore, catalogues, vault)

  const files = await openFiles(config.filesUrl ?? config.dataDir)
  const startUp = { done: false }
  const { nodeName: node, dataDir, diskQuota } = config
  const monitored = { node, version, store, models, keyValue, dataDir, diskQuota, startUp, tracing, now, log }
  const monitoring = openMonitoring(monitored)

  const newId = growingIds()
  const cache = stateCache({
    store,
    snapshots: keyValue,
    onSnapshotFailure: (error) => log.warn({ err: error }, 'a snapshot could not be kept'),
  })
  const commands = tracedCommands(commandHandling({ store: monitoring.appends.store, newId, cache }), tracing)
  const accountKey = (email: string) => accountKeyOf(masterKey, email)
  const passwords = await openPasswords(keyValue)
  const tokens = await openTokens(keyValue, masterKey, now)
  const revocations = await followRevocations(store, now, stopping.signal, (error) =>
    log.warn({ err: error }, 'revocations are not heard of for the moment'),
  )
  const self = (part: string): Context => ({ actor: `system:${part}`, correlationId: randomUUID() })
  const push = openPush({ config, store, keyValue, commands, tokens, revocations, newId, now, log, tracing, self })
  const attempts: CountAttempts = areShared(whereaboutsOf(config))
    ? (limits) => sharedAttempts({ keyValue, now, masterKey }, limits)
    : countAttempts
  const login = openLogin({ commands, passwords, tokens, accountKey, newId, now, attempts })

  eventStore.onCommit?.(onCommit)
  if (eventStore.onForeignCommit) eventStore.onForeignCommit(() => commands.forget())
  else hearForeignAppends({ store: eventStore, commands, signal: stopping.signal, log })

  const links = openLinks(masterKey)
  const progress = progressFrom(START, onWait)
  const leases = leasesAt(whereaboutsOf(config), { keyValue, log })
  const desk = { commands, now, newId, accountKey }
  const mail = openMail({ config, desk, store, models, links, leases, progress, log, tracing })
  const { smtpUrl } = config.mail
  const cloudinary = config.cloudinary && openCloudinary(config.cloudinary, now)
  monitoring.also({
    meters: metersOf({
      store,
      models,
      keyValue,
      now,
      push,
      mail,
      ...(connections && { connections }),
      ...(eventStore.stats && { eventStoreStats: eventStore.stats }),
    }),
    checks: checksOf({ smtpUrl, files: config.filesUrl === undefined ? undefined : files, cloudinary }),
  })

  const system: Omit<System, 'backup'> = {
    config,
    log,
    now,
    newId,
    store,
    rawLog: eventStore,
    models,
    keyValue,
    leases,
    vault,
    commands,
    passwords,
    tokens,
    revocations,
    login,
    setupAttempts: attempts({ name: 'setup', failures: 10, seconds: 15 * 60 }),
    linkRequests: {
      ofCaller: attempts({ name: 'link-caller', failures: 10, seconds: 3600 }),
      ofAccount: attempts({ name: 'link-account', failures: 3, seconds: 3600 }),
    },
    accountKey,
    files,
    links,
    mail,
    photos: openPhotos(folderOf(files, 'photos'), cloudinary),
    progress,
    push,
    rebuild,
    reactors,
    startUp,
    monitoring,
    recentLogs,
    tracing,
    self,
    close() {
      if (!stopping.signal.aborted) {
        stopping.abort()
        monitoring.close()
        closing = push.close().then(close)
      }
      return closing
    },
  }
  return { ...system, backup: openBackupArea(system, stopping.signal) }
}
