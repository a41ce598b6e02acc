// Text as it is compared and sorted: lower case, without accents, the same on every machine.

/** The sort key of a name; null stays null. */
export function folded(text: string): string
export function folded(text: string | null): string | null
export function folded(text: string | null): string | null {
  return text === null ? null : text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim()
}
