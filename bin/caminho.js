#!/usr/bin/env node
// The command line: runs src/cli.ts with the Node that the package brings, whatever Node the machine has.
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const node = join(root, 'node_modules/.bin/node')
const run = spawnSync(node, ['--disable-warning=ExperimentalWarning', join(root, 'src/cli.ts'), ...process.argv.slice(2)], {
  stdio: 'inherit',
})
process.exit(run.status ?? 1)
