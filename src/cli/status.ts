// Says how the stores stand.
import { projections } from '../../projections/index.ts'
import { command } from './command.ts'

export const statusCommand = command({
  name: 'status',
  summary: 'how the log and the read models stand',
  usage: 'status',
  help: 'Lists each read model: its version, the position it has reached, how far behind the log it is, and why it stopped if it did.\nExit code 1 when one has stopped.',
  options: {},
  parse: () => undefined,
  async run({ store, models }) {
    const head = await store.head()
    const checkpoints = await models.checkpoints()
    console.log(`log: up to position ${head}`)
    const width = Math.max(...projections.map(({ name }) => name.length))
    for (const { name } of projections) {
      const live = checkpoints.find((checkpoint) => checkpoint.name === name && checkpoint.live)
      const state = live
        ? (live.failure ?? (live.position === head ? 'current' : `${head - live.position} positions behind`))
        : 'not built yet'
      console.log(
        `${name.padEnd(width)}  v${live?.version ?? '-'}  ${String(live?.position ?? '-').padStart(9)}  ${state}`,
      )
    }
    return checkpoints.some(({ live, failure }) => live && failure) ? 1 : 0
  },
})
