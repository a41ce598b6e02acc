// What list pages share: the address of each view of a list, and the way forwards and back through its pages.
import type { Pager, Sort } from '../../../views/components/table.ts'
import type { AppContext } from '../environment.ts'

/** Query parameters; those that are undefined or empty are left out. */
export type Parameters = Readonly<Record<string, string | undefined>>

/** The address of a page with these parameters. */
export function addressOf(path: string, parameters: Parameters): string {
  const given = Object.entries(parameters).flatMap(([name, value]) => (value ? [[name, value]] : []))
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`
}

/** The address of the page that is asked for, with all that it is asked by. */
export const hereOf = (c: AppContext): string => c.req.path + new URL(c.req.url).search

/** Rows that a page of a list shows. */
export const rowsShown = 50

/** Which page of a list is asked for: after which cursor, and the cursors that led there, to go back by. */
export interface PageAsked {
  readonly after: string | undefined
  readonly trail: readonly string[]
}

/** Cursors are base64url: a dot stands in none of them. */
const between = '.'
/** Keeps addresses short; whoever goes further back than this begins anew. */
const longestTrail = 20

export const pageAsked = (c: AppContext): PageAsked => ({
  after: c.req.query('after'),
  trail: c.req.query('trail')?.split(between) ?? [],
})

/** The paging part of a query. */
export const pageQuery = ({ after }: PageAsked) => ({ limit: rowsShown, ...(after && { after }) })

/** The links to the pages before and after. The first page has no cursor: it stands in the trail as `-`. */
export function pagerOf(address: (page: Parameters) => string, asked: PageAsked, next: string | undefined): Pager {
  const { after, trail } = asked
  const before = trail.at(-1)
  return {
    previous:
      after === undefined
        ? undefined
        : address({
            after: before === '-' ? undefined : before,
            trail: trail.slice(0, -1).join(between),
          }),
    next: next && address({ after: next, trail: [...trail, after ?? '-'].slice(-longestTrail).join(between) }),
  }
}

export interface SortAsked<By extends string> {
  readonly by: By
  readonly direction: 'ascending' | 'descending'
}

/** How a list is asked to be sorted: `price`, or `-price` for descending; the first of the known ones otherwise. */
export function sortAsked<By extends string>(asked: string | undefined, known: readonly [By, ...By[]]): SortAsked<By> {
  const by = known.find((name) => name === asked?.replace(/^-/, '')) ?? known[0]
  return { by, direction: asked === `-${by}` ? 'descending' : 'ascending' }
}

/** The head of a column that sorts: pressed again, it sorts the other way. */
export const sortedBy = <By extends string>(by: By, now: SortAsked<By>, address: (sort: string) => string): Sort =>
  now.by === by
    ? { href: address(now.direction === 'ascending' ? `-${by}` : by), direction: now.direction }
    : { href: address(by) }
