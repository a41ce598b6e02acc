// The past and what might have been, for pages: made in a thread, kept for a while for the next report of the same moment.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Projection } from '../kernel/projection.ts'
import type { ReadModels } from '../kernel/read-models.ts'
import type { Folding } from '../rebuilding.ts'
import { openSqliteReadModels } from '../stores/sqlite/read-models.ts'
import { type Doing, type Remembered, remembered } from './remembered.ts'
import type { Comparison, Rule } from './what-if.ts'
import { inThread } from './work.ts'

interface PastReadModels extends ReadModels {
  /** Closes them and removes what they lay in. */
  close(): Promise<void>
}

/** Read models as they were at a position, in a scratch file. */
async function pastAt(
  folding: Folding,
  projections: readonly Projection[],
  to: bigint,
  doing: Doing,
): Promise<PastReadModels> {
  const folder = await mkdtemp(join(tmpdir(), 'caminho-past-'))
  const path = join(folder, 'past.sqlite')
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    await inThread<'past'>(folding, { kind: 'past', to, path, projections: projections.map(({ name }) => name) }, doing)
    const models = openSqliteReadModels({ path })
    return { ...models, close: () => models.close().then(remove) }
  } catch (error) {
    await remove()
    throw error
  }
}

/** These read models as they were at positions. */
export const rememberedPast = (folding: Folding, projections: readonly Projection[]): Remembered<bigint, ReadModels> =>
  remembered<bigint, PastReadModels>({
    work: (position, doing) => pastAt(folding, projections, position, doing),
    nameOf: String,
    end: (models) => models.close(),
  })

/** A rule, and the position up to which the log is replayed under it. */
export interface Supposition {
  readonly rule: Rule
  readonly to: bigint
}

/** What would be under rules. */
export const rememberedWhatIf = (folding: Folding): Remembered<Supposition, readonly Comparison[]> =>
  remembered({
    work: ({ rule, to }, doing) => inThread<'what-if'>(folding, { kind: 'what-if', rule, to }, doing),
    nameOf: ({ rule, to }) => JSON.stringify([rule, String(to)]),
  })
