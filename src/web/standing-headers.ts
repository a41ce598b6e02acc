// Headers that an answer carries whatever it turns out to be, decided before it is made.
import type { AppContext } from './environment.ts'

/**
 * Sets a header of the answer to come; one of the same name that the answer tells itself takes its place. It is put on Node's own answer, past
 * the Headers object that would otherwise be made, checked, sorted and read out for every request.
 */
export function standing(c: AppContext, name: string, value: string): void {
  const outgoing = c.env?.outgoing
  // Without a server, as in a test of the app alone, there is only the answer itself.
  if (outgoing) outgoing.setHeader(name, value)
  else c.header(name, value)
}
