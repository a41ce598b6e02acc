// Seals the log now, or gives it a new sealing key.
import { keysIn, openAudit } from '../audit/index.ts'
import { command } from './command.ts'

export const sealCommand = command({
  name: 'seal',
  summary: 'seal the log now; show or replace the key that signs',
  usage: 'seal [--key | --new-key]',
  help: `Signs the root of the Merkle tree over the whole log and records it. A running server does this by itself (SEAL_EVERY_EVENTS, SEAL_EVERY_MINUTES).

  --key       only prints the public key in use: give it to your auditor, who keeps it
  --new-key   introduces a new key, signed for by the one in use`,
  options: { key: { type: 'boolean' }, 'new-key': { type: 'boolean' } },
  parse: ({ key, 'new-key': fresh }) => ({ show: key === true, fresh: fresh === true }),
  async run(system, { show, fresh }) {
    const audit = openAudit(system)
    if (fresh) await audit.rotateKey()
    if (!show) {
      const seal = await audit.sealNow()
      if (seal) console.log(`${seal.size} events sealed, root ${seal.root}`)
    }
    const last = (await keysIn(audit.rawLog)).at(-1)
    if (last && (show || fresh)) console.log(last.key.publicKey)
    return last ? 0 : 1
  },
})
