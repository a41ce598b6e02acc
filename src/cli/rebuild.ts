// Rebuilds read models beside the live ones; a running server goes on serving meanwhile.
import { projections } from '../../projections/index.ts'
import { foldingOf, rebuildAnew } from '../rebuilding.ts'
import { command, UsageError } from './command.ts'

const all = 'all'

export const rebuildCommand = command({
  name: 'rebuild',
  summary: 'fold a read model anew from the log',
  usage: 'rebuild <projection>… | rebuild all',
  help: `Folds the log anew into each named read model, beside the one that is served, and swaps when it has caught up.
Read models: ${projections.map(({ name }) => name).join(', ')}.`,
  options: {},
  parse(_, names) {
    const known = projections.map(({ name }) => name)
    const unknown = names.filter((name) => name !== all && !known.includes(name))
    if (names.length === 0) throw new UsageError('name a read model, or all')
    if (unknown.length > 0)
      throw new UsageError(`there is no read model ${unknown.join(', ')}; there are ${known.join(', ')}`)
    return names.includes(all) ? known : [...names]
  },
  async run({ config }, names) {
    const failures = await rebuildAnew(foldingOf(config), names)
    for (const failure of failures) console.error(failure)
    console.log(failures.length > 0 ? 'not all rebuilt; the old ones are still served' : `rebuilt: ${names.join(', ')}`)
    return failures.length > 0 ? 1 : 0
  },
})
