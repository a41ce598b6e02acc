// Seeds the demo company into an empty store.
import { seedDemo } from '../demo/seed.ts'
import { START } from '../kernel/event-store.ts'
import { command, UsageError } from './command.ts'

export const seedCommand = command({
  name: 'seed',
  summary: 'fill an empty store with the demo company',
  usage: 'seed [--days N]',
  help: `Records 120 days of a demo company's trade (or N days) through the real commands.
The store must be empty; never in production. The accounts have the password DEMO_PASSWORD.`,
  options: { days: { type: 'string', default: '120' } },
  parse({ days }) {
    const count = Number(days)
    if (!Number.isInteger(count) || count < 1 || count > 730)
      throw new UsageError('--days takes a whole number from 1 to 730')
    return { days: count }
  },
  async run(system, { days }) {
    const { config, store, passwords } = system
    if (config.production) throw new UsageError('the demo company is not for production')
    if ((await store.head()) !== START) {
      console.error(`The store in ${config.dataDir} is not empty. Choose another DATA_DIR.`)
      return 1
    }
    await seedDemo(system, { days, password: config.demoPassword, setPassword: passwords.set })
    console.log(`The demo company is recorded, up to position ${await store.head()}.`)
    return 0
  },
})
