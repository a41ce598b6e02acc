// Runs tests on every combination of stores, as `npm run test:stores -- <part of path>…`: on the servers that EVENT_STORE_URL and READ_MODELS_URL name,
// or else on a double of KurrentDB and on FerretDB, each a process of its own. `--only=kurrentdb+mongodb` picks one.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { eventStoreServer, readModelServer, whyNoReadModels } from './given.ts'

const { values, positionals } = parseArgs({ options: { only: { type: 'string' } }, allowPositionals: true })

const missing = whyNoReadModels()
if (missing) throw new Error(missing)
const kurrentdb = await eventStoreServer()
const mongodb = await readModelServer()
const combinations: Readonly<Record<string, Record<string, string>>> = {
  embedded: { EVENT_STORE_URL: '', READ_MODELS_URL: '' },
  kurrentdb: { EVENT_STORE_URL: kurrentdb.url, READ_MODELS_URL: '' },
  mongodb: { EVENT_STORE_URL: '', READ_MODELS_URL: mongodb.url },
  'kurrentdb+mongodb': { EVENT_STORE_URL: kurrentdb.url, READ_MODELS_URL: mongodb.url },
}

for (const [name, env] of Object.entries(combinations)) {
  if (values.only !== undefined && !values.only.split(',').includes(name)) continue
  console.log(`\nOn ${name}:`)
  const run = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, '../run.ts'), ...positionals],
    { env: { ...process.env, ...env }, stdio: 'inherit' },
  )
  const [code] = await once(run, 'exit')
  if (code !== 0) process.exitCode = 1
}
await Promise.all([kurrentdb.stop(), mongodb.stop()])
