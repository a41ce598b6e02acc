// What the runner remembers of the documents that it has folded, so that those in much use need not be loaded and parsed for each batch.
// Folds are pure: a document that was folded here up to a position is what the store holds, or will hold, for that position.
import type { Save } from '../kernel/read-models.ts'

const capacity = 1_000

export interface DocumentMemory {
  recall(id: string): Save | undefined
  /** Whether the document cannot exist at this position of the fold, so that nobody need look for it. */
  isNew(id: string): boolean
  /** To be called once the documents are saved; those in use are kept. */
  remember(saved: readonly Save[], inUse: readonly Save[]): void
}

/** `fromStart`: all documents of the generation are folded here, from the start of the log. */
export function documentMemory(fromStart: boolean): DocumentMemory {
  // Two halves: what is in use moves to the younger one; when that is full, the older one is forgotten.
  let young = new Map<string, Save>()
  let old = new Map<string, Save>()
  // Many ids grow with time (UUIDs v7, positions): one above all that were ever saved is of a new document.
  let highest = ''

  const keep = (save: Save): void => {
    if (young.size >= capacity) {
      old = young
      young = new Map()
    }
    young.set(save.id, save)
  }

  return {
    recall(id) {
      const found = young.get(id)
      if (found) return found
      const older = old.get(id)
      if (older) keep(older)
      return older
    },
    isNew: (id) => fromStart && id > highest,
    remember(saved, inUse) {
      for (const { id } of saved) if (id > highest) highest = id
      for (const save of inUse) keep(save)
    },
  }
}
