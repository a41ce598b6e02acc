// A process that appends as fast as it can and tells each append that was acknowledged, until it is killed or has told enough.
import { writeSync } from 'node:fs'
import { argv, exit } from 'node:process'
import { v7 as newId } from 'uuid'
import { openSqliteEventStore } from '../../src/stores/sqlite/event-store.ts'

const [path = '', enough = 'Infinity'] = argv.slice(2)
const store = openSqliteEventStore({ path })
let told = 0

/** Written at once, since the process may be killed at any moment; a full pipe is waited for. */
function tell(line: string): void {
  for (;;) {
    try {
      writeSync(1, line)
      return
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error
    }
  }
}

async function caller(number: number): Promise<void> {
  for (let i = 0; told < Number(enough); i += 1) {
    const count = 1 + (i % 4)
    const correlationId = newId()
    const events = () =>
      Array.from({ length: count }, () => ({ id: newId(), type: 'StockSold', schema: 1, data: { of: 2 * count } }))
    await store.append(
      [
        { stream: `sale-${correlationId}`, expected: 'none', events: events() },
        { stream: `stock-${number % 4}`, expected: 'any', events: events() },
      ],
      { actor: 'system:appender', correlationId },
    )
    told += 1
    tell(`${correlationId}\n`)
  }
}

await Promise.all(Array.from({ length: 16 }, (_, number) => caller(number)))
await store.close()
exit()
