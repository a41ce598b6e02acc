// What each employee sold, by day and location. A refund counts for who made it; sales-figures.ts says the rest.
import { projection } from './projection.ts'
import { add, countsOf, type Figures, figuresOf, noFigures, onEverySalesFact, sellerOf } from './sales-figures.ts'

export interface EmployeeFigures extends Figures {
  readonly sales: number
  readonly refunds: number
  readonly voids: number
}

export interface EmployeeDay {
  readonly day: string
  readonly locationId: string
  /** By the person's id. */
  readonly byEmployee: Readonly<Record<string, EmployeeFigures>>
}

const nothingSold: EmployeeFigures = { ...noFigures, sales: 0, refunds: 0, voids: 0 }

export const salesByEmployee = projection<EmployeeDay>('sales-by-employee', {
  version: 1,
  indexes: ['day', ['locationId', 'day']],
  on: onEverySalesFact<EmployeeDay>({
    key: ({ data: { day, locationId } }) => `${day}@${locationId}`,
    initial: ({ data: { day, locationId } }) => ({ day, locationId, byEmployee: {} }),
    apply: (day, fact) => {
      const seller = sellerOf(fact)
      const before = day.byEmployee[seller] ?? nothingSold
      const counts = countsOf(fact)
      const after = {
        ...add(before, figuresOf(fact)),
        sales: before.sales + counts.sales,
        refunds: before.refunds + counts.refunds,
        voids: before.voids + counts.voids,
      }
      return { ...day, byEmployee: { ...day.byEmployee, [seller]: after } }
    },
  }),
})
