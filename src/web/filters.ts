// What a list is filtered by, made into conditions on read models: for pages and API alike.
import { instantsAround } from '../domain/calendar.ts'

/** What a list is asked for, with `where` cleared of the filters that were left out. */
export const filters = <Where extends object>(where: Where) =>
  Object.fromEntries(Object.entries(where).filter(([, wanted]) => wanted !== undefined)) as {
    [K in keyof Where]?: Exclude<Where[K], undefined>
  }

/** A bounded range of an indexed field; undefined when it has no bounds. */
export const between = (from: string | undefined, to: string | undefined) =>
  from === undefined && to === undefined
    ? undefined
    : { ...(from !== undefined && { gte: from }), ...(to !== undefined && { lte: to }) }

/** Days as a filter of a list that is kept in order of time: the range of instants finds its part of the list, the days are exact. */
export const onDays = (from: string | undefined, to: string | undefined) => ({
  day: between(from, to),
  at: from === undefined && to === undefined ? undefined : instantsAround({ from, to }),
})
