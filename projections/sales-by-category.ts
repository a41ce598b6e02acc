// What each category sold, by day and location. sales-figures.ts says how refunds and voids count.
import { projection } from './projection.ts'
import { add, type Figures, linesOf, noFigures, onEverySalesFact } from './sales-figures.ts'

export interface CategoryDay {
  readonly day: string
  readonly locationId: string
  readonly byCategory: Readonly<Record<string, Figures>>
}

export const salesByCategory = projection<CategoryDay>('sales-by-category', {
  version: 1,
  indexes: ['day', ['locationId', 'day']],
  on: onEverySalesFact<CategoryDay>({
    key: ({ data: { day, locationId } }) => `${day}@${locationId}`,
    initial: ({ data: { day, locationId } }) => ({ day, locationId, byCategory: {} }),
    apply: (day, fact) => {
      const byCategory = { ...day.byCategory }
      for (const line of linesOf(fact)) byCategory[line.category] = add(byCategory[line.category] ?? noFigures, line)
      return { ...day, byCategory }
    },
  }),
})
