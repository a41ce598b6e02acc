// Sealing: the tree is brought to the end of the log, and its root is signed and recorded as a fact.
import type { CommandHandling, Context } from '../commands/handling.ts'
import { type Seals, seals, sealsId } from '../domain/seals/seals.ts'
import type { EventStore } from '../kernel/event-store.ts'
import { type LogTree, leafOf } from './log-tree.ts'
import type { SigningKeys } from './signing-keys.ts'
import { publicText, signatureOf } from './statement.ts'
import type { Tiles } from './tiles.ts'

/** Events that one seal adds at the most, so that no seal grows large; a long log is sealed in steps. */
const mostAtOnce = 4_096
/** Events read in a turn of the event loop: about a millisecond. */
const pageSize = 128
/** Bytes of a leaf hash that a seal keeps of each event. */
export const fingerprintBytes = 6

/** The log is not what was sealed: somebody has changed it, or it was restored from another one. `npx caminho verify` tells where. */
export class LogChangedError extends Error {
  readonly code = 'log-changed'
  constructor(size: number) {
    super(`the first ${size} events of the log are not those that were sealed; run npx caminho verify`)
    this.name = 'LogChangedError'
  }
}

export interface SealingOptions {
  readonly rawLog: EventStore
  readonly commands: CommandHandling
  readonly tree: LogTree
  readonly tiles: Tiles
  readonly keys: SigningKeys
  readonly now: () => Date
  /** Who seals, in what is recorded. */
  readonly context: Context
}

/** Waits after so many milliseconds of work, so that those who are served get theirs done. */
export type Pace = (worked: number) => Promise<unknown>

export interface Sealing {
  /**
   * Seals all that is in the log now, and gives the last seal, also where nothing came after it. Any node may, at any time; without a pace as
   * fast as it can be done.
   * @throws LogChangedError, SigningKeyMissingError, UnavailableError
   */
  sealNow(pace?: Pace): Promise<Seals['previous']>
  /** Introduces a new key, which the one in use signs for. */
  rotateKey(): Promise<{ readonly keyId: string }>
}

/** What is new in the log since a seal. */
interface Stock {
  readonly size: number
  readonly root: string
  readonly fingerprints: string
  /** Whether anything but seals is new: these alone are not worth another. */
  readonly worthSealing: boolean
  readonly complete: boolean
}

/** Seals a log. */
export function openSealing({ rawLog, commands, tree, tiles, keys, now, context }: SealingOptions): Sealing {
  const current = async (): Promise<Seals> => {
    const outcome = await commands.execute(context, (unit) => unit.state(seals, sealsId))
    if (outcome.rejected) throw new TypeError(`reading a state was refused: ${outcome.code}`)
    return outcome.value
  }

  const introduce = async ({ previous, keyId: previousKeyId }: Seals): Promise<string> => {
    const fresh = await keys.make()
    const { keyId, publicKey } = fresh
    const key = { keyId, publicKey: publicText(publicKey), previousKeyId, previous, at: now().toISOString() }
    const old = previousKeyId === null ? null : await keys.find(previousKeyId)
    const signature = old && signatureOf(old.privateKey, 'SealingKeyIntroduced', key)
    const outcome = await commands.execute(context, (unit) => {
      unit.decide(seals, sealsId, 'IntroduceSealingKey', { ...key, signature })
      return { keyId }
    })
    // Another node was quicker: its key is as good.
    return outcome.rejected ? ((await current()).keyId ?? keyId) : keyId
  }

  /** Reads on from the last seal. What was sealed is looked at again as far as its last chunk. */
  const takeStock = async (previous: Seals['previous'], pace: Pace): Promise<Stock> => {
    const sealed = previous?.size ?? 0
    const { tree: growing, after } = await tree.resume(sealed)
    const fingerprints: Buffer[] = []
    let worthSealing = false
    const holdToSeal = () => {
      if (previous && growing.size === sealed && growing.root().toString('base64') !== previous.root)
        throw new LogChangedError(sealed)
    }
    holdToSeal()
    const limit = sealed - growing.size + mostAtOnce
    for await (const page of rawLog.readAll({ after, limit, pageSize })) {
      const begun = performance.now()
      for (const event of page) {
        const leaf = leafOf(event)
        if (growing.size >= sealed) {
          fingerprints.push(leaf.subarray(0, fingerprintBytes))
          worthSealing ||= event.type !== 'LogSealed'
        }
        growing.append(event, leaf)
        holdToSeal()
      }
      await pace(performance.now() - begun)
    }
    if (growing.size < sealed) throw new LogChangedError(sealed)
    const { chunks, end } = growing.completed
    await tiles.keep(growing.first, chunks, end)
    return {
      size: growing.size,
      root: growing.root().toString('base64'),
      fingerprints: Buffer.concat(fingerprints).toString('base64'),
      worthSealing,
      complete: fingerprints.length < mostAtOnce,
    }
  }

  /** One seal; false when nothing is left to seal. */
  const sealOnce = async (pace: Pace): Promise<boolean> => {
    const state = await current()
    const { previous, keyId } = state
    if (keyId === null) {
      await introduce(state)
      return true
    }
    const { size, root, fingerprints, worthSealing, complete } = await takeStock(previous, pace)
    if (!worthSealing) return false
    const { privateKey } = await keys.find(keyId)
    const seal = { size, root, previous, fingerprints, keyId, at: now().toISOString() }
    const signature = signatureOf(privateKey, 'LogSealed', seal)
    const outcome = await commands.execute(context, (unit) => {
      unit.decide(seals, sealsId, 'SealLog', { ...seal, signature })
      return {}
    })
    return outcome.rejected || !complete
  }

  return {
    async sealNow(pace = async () => undefined) {
      while (await sealOnce(pace));
      return (await current()).previous
    },
    async rotateKey() {
      return { keyId: await introduce(await current()) }
    },
  }
}
