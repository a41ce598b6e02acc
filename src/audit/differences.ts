// What differs between two states of a read model, document by document and field by field.

export interface FieldChange {
  readonly field: string
  readonly before: unknown
  readonly after: unknown
}

export interface DocumentChange {
  readonly id: string
  readonly kind: 'added' | 'removed' | 'changed'
  /** The fields that differ; all of them when the document was added or removed. */
  readonly fields: readonly FieldChange[]
}

type Documents = ReadonlyMap<string, object>

function fieldsOf(before: object, after: object): FieldChange[] {
  const [old, now] = [before as Record<string, unknown>, after as Record<string, unknown>]
  return [...new Set([...Object.keys(old), ...Object.keys(now)])]
    .filter((field) => JSON.stringify(old[field]) !== JSON.stringify(now[field]))
    .map((field) => ({ field, before: old[field] ?? null, after: now[field] ?? null }))
}

/** The differences between the documents before and after, in order of id. */
export function* differences(before: Documents, after: Documents): Generator<DocumentChange> {
  for (const id of [...new Set([...before.keys(), ...after.keys()])].sort()) {
    const [old, now] = [before.get(id), after.get(id)]
    const fields = fieldsOf(old ?? {}, now ?? {})
    const kind = old === undefined ? 'added' : now === undefined ? 'removed' : 'changed'
    if (kind !== 'changed' || fields.length > 0) yield { id, kind, fields }
  }
}
