// The command line: `npx caminho <command>`. Exit codes: 0 done, 1 refused or failed, 2 not understood.
import { parseArgs } from 'node:util'
import pino from 'pino'
import { backupCommands } from './cli/backup.ts'
import { type Command, UsageError } from './cli/command.ts'
import { exportCommand } from './cli/export.ts'
import { migrateCommand } from './cli/migrate.ts'
import { checkProofCommand, proveCommand } from './cli/proof.ts'
import { rebuildCommand } from './cli/rebuild.ts'
import { diffCommand, replayCommand, whatIfCommand } from './cli/replay.ts'
import { restoreCommand } from './cli/restore.ts'
import { sealCommand } from './cli/seal.ts'
import { seedCommand } from './cli/seed.ts'
import { statusCommand } from './cli/status.ts'
import { userCommand } from './cli/user.ts'
import { verifyCommand } from './cli/verify.ts'
import { ConfigError, readConfig } from './config.ts'
import { openSystem } from './system.ts'

const auditing = [
  exportCommand,
  verifyCommand,
  proveCommand,
  checkProofCommand,
  replayCommand,
  diffCommand,
  whatIfCommand,
  sealCommand,
]
const commands: readonly Command[] = [
  seedCommand,
  userCommand,
  rebuildCommand,
  statusCommand,
  migrateCommand,
  ...auditing,
  ...backupCommands,
  restoreCommand,
]

const overview = `Caminho Seguro

Usage: npx caminho <command> [options]

${commands.map(({ name, summary }) => `  ${name.padEnd(16)}${summary}`).join('\n')}

npx caminho <command> --help tells more. Settings come from the environment: see .env.example.`

const find = (words: readonly string[]): Command | undefined =>
  commands.find(({ name }) => words.slice(0, name.split(' ').length).join(' ') === name)

async function main(words: readonly string[]): Promise<number> {
  const command = find(words)
  if (!command) {
    const asked = words.length === 0 || words[0] === '--help' || words[0] === 'help'
    console[asked ? 'log' : 'error'](asked ? overview : `There is no command “${words.join(' ')}”.\n\n${overview}`)
    return asked ? 0 : 2
  }
  const { values, positionals } = parseArgs({
    args: words.slice(command.name.split(' ').length),
    options: { ...command.options, help: { type: 'boolean', short: 'h' } },
    allowPositionals: true,
  })
  if (values.help) {
    console.log(`Usage: npx caminho ${command.usage}\n\n${command.help}`)
    return 0
  }
  if ('runOffline' in command) return command.runOffline(command.parse(values, positionals))
  const config = readConfig(process.env)
  const input = command.parse(values, positionals)
  const system = await openSystem({ config, log: pino({ level: 'warn' }) })
  try {
    return await command.run(system, input)
  } finally {
    await system.close()
  }
}

const isUsage = (error: unknown): error is Error =>
  error instanceof UsageError ||
  error instanceof ConfigError ||
  (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (isUsage(error)) {
    console.error(error.message)
    process.exitCode = 2
  } else {
    console.error(error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  }
}
