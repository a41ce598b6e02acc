// The end of the log in memory: what this process has just committed, so that its live subscriptions need not read it back and look through it.
import type { Row } from './log-scan.ts'

export interface LogTail {
  /** The rows beyond a position, at most `count`; undefined where the tail does not reach back so far. */
  beyond(position: number, count: number): readonly Row[] | undefined
  /** Takes in what was committed after `before`, in order. */
  add(before: number, rows: readonly Row[]): void
  /** Forgets all: others have written, and their rows are not here. */
  forget(): void
}

const mostRows = 256
/** Characters of events that are kept at the most. */
const mostText = 2_000_000

const positionOf = (row: Row | undefined): number => row?.[1] ?? Number.POSITIVE_INFINITY
const sizeOf = ([, , , , text, contents]: Row): number =>
  contents ? contents.texts.reduce((sum, one) => sum + one.length, 0) : text.length

export function logTail(): LogTail {
  let rows: Row[] = []
  /** The position before the first row; beyond all as long as nothing is known. */
  let start = Number.POSITIVE_INFINITY
  let size = 0

  const forget = (): void => {
    rows = []
    start = Number.POSITIVE_INFINITY
    size = 0
  }

  /** Half at once, so that not each commit moves them all. */
  const trim = (): void => {
    if (rows.length <= mostRows && size <= mostText) return
    const kept = rows.slice(rows.length >> 1)
    start = positionOf(rows[(rows.length >> 1) - 1])
    rows = kept
    size = kept.reduce((sum, row) => sum + sizeOf(row), 0)
  }

  return {
    beyond(position, count) {
      if (position < start) return undefined
      let first = rows.length
      while (first > 0 && positionOf(rows[first - 1]) > position) first -= 1
      return rows.slice(first, first + count)
    },

    add(before, committed) {
      const end = rows.length > 0 ? positionOf(rows.at(-1)) : start
      if (before !== end) {
        forget()
        start = before
      }
      for (const row of committed) {
        rows.push(row)
        size += sizeOf(row)
      }
      trim()
    },

    forget,
  }
}
