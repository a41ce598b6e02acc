// Replays read models: as they were at a moment, what changed between two, and what they would be under another rule.
import { projections } from '../../projections/index.ts'
import { changesCsv, differences, documentsAt, documentsCsv, type Rule, whatIf } from '../audit/index.ts'
import { command, UsageError } from './command.ts'
import { momentIn } from './moments.ts'

const names = projections.map(({ name }) => name)
const models = `Read models: ${names.join(', ')}.`
const moments =
  'A MOMENT is a position, a day (its end, in the company’s time zone) or an instant (2026-03-31T12:00:00Z).'
const format = { type: 'string', default: 'json' } as const

function projectionOf(name: string | undefined) {
  const projection = projections.find((known) => known.name === name)
  if (!projection) throw new UsageError(`name one read model: ${names.join(', ')}`)
  return projection
}

function formatOf(value: unknown): 'json' | 'csv' {
  if (value !== 'json' && value !== 'csv') throw new UsageError('--format is json or csv')
  return value
}

const write = (text: string): void => {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`)
}

export const replayCommand = command({
  name: 'replay',
  summary: 'a read model as it was at any moment',
  usage: 'replay READ-MODEL [--at MOMENT] [--format json|csv]',
  help: `Folds the log anew up to the moment (the end of the log without it) and writes the documents.\n${moments}\n${models}`,
  options: { at: { type: 'string' }, format },
  parse: ({ at, format }, [name]) => ({
    projection: projectionOf(name),
    at: typeof at === 'string' ? at : undefined,
    format: formatOf(format),
  }),
  async run(system, { projection, at, format }) {
    const to = at === undefined ? await system.store.head() : await momentIn(system, at)
    const documents = await documentsAt(system.store, projection, to)
    const listed = [...documents].map(([id, document]) => ({ id, document }))
    write(format === 'csv' ? documentsCsv(documents) : JSON.stringify(listed, null, 2))
    return 0
  },
})

export const diffCommand = command({
  name: 'diff',
  summary: 'what changed in a read model between two moments',
  usage: 'diff READ-MODEL MOMENT MOMENT [--format json|csv]',
  help: `Folds the log up to each moment and writes the documents that were added, removed or changed, field by field.\n${moments}\n${models}`,
  options: { format },
  parse({ format }, [name, from, to]) {
    if (from === undefined || to === undefined) throw new UsageError('diff takes a read model and two moments')
    return { projection: projectionOf(name), from, to, format: formatOf(format) }
  },
  async run(system, { projection, from, to, format }) {
    const before = await documentsAt(system.store, projection, await momentIn(system, from))
    const after = await documentsAt(system.store, projection, await momentIn(system, to))
    const changes = [...differences(before, after)]
    write(format === 'csv' ? changesCsv(changes) : JSON.stringify(changes, null, 2))
    return 0
  },
})

const rates = { from: { type: 'string' }, to: { type: 'string' } } as const

/** Percent, with up to two decimals, in basis points. */
function rateOf(value: unknown, option: string): number {
  const points = Math.round(Number(value) * 100)
  if (value === undefined || !(points >= 0 && points <= 10_000))
    throw new UsageError(`${option} takes a percentage, such as 16`)
  return points
}

export const whatIfCommand = command({
  name: 'what-if',
  summary: 'what the figures would be under another rule',
  usage: 'what-if tax --from 16 --to 17 [--at MOMENT] | what-if reorder --percent 150 [--at MOMENT]',
  help: `Replays the log with the rule changed, beside the log as it is, and writes what differs in the read models that the rule bears on.

  tax       what was taxed at --from percent is taxed at --to instead; prices stay, since they include tax
  reorder   each reorder point times --percent / 100: how often products would have run low, and which do now

${moments}`,
  options: { ...rates, percent: { type: 'string' }, at: { type: 'string' }, format },
  parse({ from, to, percent, at, format }, [kind]) {
    return {
      rule: ruleOf(kind, { from, to, percent }),
      at: typeof at === 'string' ? at : undefined,
      format: formatOf(format),
    }
  },
  async run(system, { rule, at, format }) {
    const to = at === undefined ? await system.store.head() : await momentIn(system, at)
    const compared = await whatIf(system.store, rule, to)
    const csv = () => compared.map(({ projection, changes }) => `# ${projection}\n${changesCsv(changes)}`).join('\n')
    write(format === 'csv' ? csv() : JSON.stringify(compared, null, 2))
    return 0
  },
})

function ruleOf(kind: string | undefined, { from, to, percent }: Readonly<Record<string, unknown>>): Rule {
  if (kind === 'tax') return { kind, from: rateOf(from, '--from'), to: rateOf(to, '--to') }
  if (kind !== 'reorder') throw new UsageError('what-if takes tax or reorder')
  const factor = Number(percent)
  if (!(Number.isInteger(factor) && factor >= 0 && factor <= 10_000))
    throw new UsageError('--percent takes a whole number, such as 150')
  return { kind, percent: factor }
}
