// Seeds the demo company: 120 days of trade up to now, through the same commands that people use.
import type { PeopleDesk } from '../commands/people.ts'
import { createTask } from '../commands/tasks.ts'
import { addDays, localTime } from '../domain/calendar.ts'
import { demoAccounts } from './accounts.ts'
import { company } from './company.ts'
import { by, type DemoDesk, demoDesk, done } from './desk.ts'
import { type DemoCompany, found } from './founding.ts'
import { randomFrom } from './random.ts'
import { type Trading, trade } from './trading-day.ts'

export interface SeedOptions {
  /** Sets the password of a person; kept outside the log. */
  readonly setPassword: (personId: string, password: string) => Promise<void>
  readonly password: string
  readonly days?: number
  /** Told after each day. */
  readonly onProgress?: (day: number, days: number) => void
}

const seed = 20_260

/** The UTC instant of a local midnight. Maputo has no summer time. */
const midnight = (day: string): Date => new Date(`${day}T00:00:00+02:00`)

async function writeTasks(desk: DemoDesk, { people }: DemoCompany, today: string): Promise<void> {
  const task = (title: string, assignee: { kind: 'person' | 'department'; id: string }, dueOn: string | null) =>
    done(createTask(desk, { title, note: '', assignee, dueOn, subject: null, locationId: null }, by(people.manager)))
  await task('Repor as prateleiras das bebidas', { kind: 'department', id: 'Armazém' }, today)
  await task('Trocar o rolo da impressora da caixa 2', { kind: 'person', id: people.employee }, addDays(today, -1))
  await task('Pedir nova tabela de preços à distribuidora', { kind: 'person', id: people.manager }, addDays(today, 3))
  await task('Verificar prazos dos iogurtes', { kind: 'department', id: 'Caixa' }, addDays(today, 1))
}

/** Fills an empty store. Give it a desk whose store is empty; a failure leaves what was recorded so far. */
export async function seedDemo(real: PeopleDesk, options: SeedOptions): Promise<void> {
  const { setPassword, password, days = 120, onProgress = () => undefined } = options
  const now = real.now()
  const { day: today } = localTime(now.toISOString(), company.timeZone)
  const random = randomFrom(seed)
  const first = addDays(today, -days)
  const desk = demoDesk(real, midnight(first), random)

  const founded = await found(desk)
  await Promise.all(demoAccounts.map(({ role }) => setPassword(founded.people[role], password)))
  const onHand = new Map<string, number>()
  for (const { productId, daily } of founded.products) {
    for (const { locationId } of founded.shops) onHand.set(`${locationId} ${productId}`, daily * 10)
    onHand.set(`${founded.warehouseId} ${productId}`, daily * 30)
  }

  const trading: Trading = { desk, company: founded, random, onHand, expected: [], owed: [] }
  for (let number = 0; number <= days; number += 1) {
    const start = midnight(addDays(first, number))
    const weekday = new Date(`${addDays(first, number)}T12:00:00Z`).getUTCDay()
    await trade(trading, { number, start, weekday, until: now }, 0.9 + (0.35 * number) / days)
    onProgress(number, days)
  }
  desk.setClock(now)
  await writeTasks(desk, founded, today)
}
