// Whether one log is a copy of another: every event the same, in the same order, and so the same Merkle root.
import { canonicalText, GrowingTree, leafOf } from '../audit/index.ts'
import type { RecordedEvent } from '../kernel/event.ts'
import type { EventStore } from '../kernel/event-store.ts'

export type Verdict =
  | { readonly same: true; readonly events: number; readonly root: string }
  | { readonly same: false; readonly difference: string }

async function* eventsOf(store: EventStore): AsyncGenerator<RecordedEvent, undefined> {
  for await (const page of store.readAll()) yield* page
}

const named = (event: RecordedEvent | undefined): string =>
  event ? `${event.type} ${event.id} (revision ${event.revision} of ${event.stream})` : 'nothing'

/** Compares two raw logs whole. The root is the one that seals are about (docs/audit.md). */
export async function verifyCopy(from: EventStore, to: EventStore): Promise<Verdict> {
  const tree = new GrowingTree()
  const copies = eventsOf(to)
  for await (const original of eventsOf(from)) {
    const { value: copy } = await copies.next()
    if (!copy || canonicalText(copy) !== canonicalText(original)) {
      await copies.return(undefined)
      return { same: false, difference: `event ${tree.size} is ${named(original)}, and in the copy ${named(copy)}` }
    }
    tree.append(leafOf(original))
  }
  const { value: more } = await copies.next()
  await copies.return(undefined)
  if (more) return { same: false, difference: `the copy goes on, with ${named(more)}` }
  return { same: true, events: tree.size, root: tree.root().toString('hex') }
}
