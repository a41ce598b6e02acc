// Runs the benchmarks: all of them, or those that are named. `--large`: at a million events too. `--strict`: a figure below its floor is a failure.
import { parseArgs } from 'node:util'
import { appends } from './append.ts'
import { audit } from './audit.ts'
import { backups } from './backup.ts'
import { type Figure, holds, table } from './figure.ts'
import { companyWith, type History } from './history.ts'
import { mail } from './mail.ts'
import { mongodb } from './mongodb.ts'
import { push } from './push.ts'
import { reading, rebuild } from './read.ts'
import { start } from './start.ts'
import { stores } from './stores.ts'
import { telemetry } from './telemetry.ts'
import { dashboard, sales } from './web.ts'

const growing = { read: reading, rebuild, append: appends, dashboard, sale: sales, backup: backups, audit }
type Benchmark = (histories: readonly History[]) => Promise<readonly Figure[]>
/** Lengths of the history, in events, for those that need another. */
const fixed: Readonly<Record<string, readonly number[]>> = {
  start: [100_000],
  stores: [],
  mail: [],
  mongodb: [2_000],
  push: [],
}
const benchmarks: ReadonlyMap<string, Benchmark> = new Map(
  Object.entries({ ...growing, mail, push, telemetry, start, stores, mongodb }),
)

const { values: flags, positionals: named } = parseArgs({
  allowPositionals: true,
  options: { large: { type: 'boolean' }, strict: { type: 'boolean' } },
})
const unknown = named.find((name) => !benchmarks.has(name))
if (unknown !== undefined) {
  console.error(`no benchmark is named ${unknown}; there are ${[...benchmarks.keys()].join(', ')}`)
  process.exit(2)
}

const made = new Map<number, History>()
async function historyOf(events: number): Promise<History> {
  const known = made.get(events)
  if (known) return known
  console.error(`making a history of ${events.toLocaleString('en')} events`)
  const history = await companyWith(events)
  made.set(events, history)
  return history
}

const figures: Figure[] = []
try {
  for (const [name, measure] of benchmarks) {
    if (named.length > 0 && !named.includes(name)) continue
    const lengths = fixed[name] ?? (flags.large ? [10_000, 1_000_000] : [10_000])
    const histories: History[] = []
    for (const events of lengths) histories.push(await historyOf(events))
    console.error(`measuring ${name}`)
    figures.push(...(await measure(histories)))
  }
} finally {
  for (const history of made.values()) await history.destroy()
}
console.log(table(figures))
if (flags.strict && !figures.every(holds)) process.exitCode = 1
