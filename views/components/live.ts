// A part of a page that keeps itself up to date: it is asked for again when something happens that it shows, and is swapped in place.
import type { EventName } from '../../client/push/protocol.ts'
import type { Attributes } from '../html.ts'

export type Live = {
  readonly id: string
  /** The address of the page whose part it is. */
  readonly href: string
  /** What it shows changes with these. */
  readonly hears: readonly EventName[]
  /** A list, in which something new moves what is below it: it waits while somebody points at it. */
  readonly isList?: boolean
  /** Other parts of the page that change with it, by their ids. */
  readonly along?: readonly string[]
}

/** Tells the server that nobody has come to the page: what is told once is kept for whoever does. */
const refreshHeaders = '{"Caminho-Refresh":"true"}'

/** The attributes of a live part; client/live.ts asks. */
export const live = ({ id, href, hears, isList = false, along = [] }: Live): Attributes => ({
  id,
  'data-live': hears.join(' '),
  'data-live-list': isList,
  'data-quiet': true,
  'hx-get': href,
  'hx-headers': refreshHeaders,
  'hx-trigger': 'refresh',
  'hx-select': `#${id}`,
  'hx-select-oob': along.length > 0 && along.map((other) => `#${other}`).join(','),
  'hx-swap': 'outerMorph',
  'hx-status:4xx': 'swap:none',
  'hx-status:5xx': 'swap:none',
})
