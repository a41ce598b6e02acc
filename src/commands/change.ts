// What commands that make or change something share: the answer, and changes that name only what is to be different.

/** The answer of a command that made something: its id. */
export type Made = { readonly id: string }

/** A change names only what is to be different. */
export type Change<Details> = { readonly [K in keyof Details]?: Details[K] | undefined }

/** The details with those replaced that a change names. */
export function withChange<Details extends object>(details: Details, change: Change<Details>): Details {
  const changed = { ...details }
  for (const field of Object.keys(details) as (keyof Details)[]) {
    const value = change[field]
    if (value !== undefined) changed[field] = value
  }
  return changed
}
