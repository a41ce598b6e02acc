// The figures of one benchmark at each length of history: the first against its baseline, the later ones against the first too.
import type { Figure } from './figure.ts'
import type { History } from './history.ts'

/** By how much a figure may fall while the history grows. */
const kept = 0.8

export function scaleOf(
  histories: readonly History[],
  values: readonly number[],
  { name, ...figure }: Omit<Figure, 'value'>,
): readonly Figure[] {
  const [first = 0] = values
  return histories.flatMap(({ events }, index) => {
    const value = values[index] ?? 0
    const length = events.toLocaleString('en')
    const own: Figure = { ...figure, name: `${name}, at ${length} events`, value }
    if (index === 0) return [own]
    const before = `at ${histories[0]?.events.toLocaleString('en')} events`
    const limitedBy = 'what grows with the history'
    return [
      own,
      { ...own, name: `${own.name}, kept`, baseline: first, against: before, bound: { ratio: kept }, limitedBy },
    ]
  })
}
