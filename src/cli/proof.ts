// Proves that one event is in the sealed log, and checks such a proof offline.
import { readFile } from 'node:fs/promises'
import { checkProof, eventById, NotAProofError, openAudit, proofOf, publicKeyFrom } from '../audit/index.ts'
import { command, offlineCommand, UsageError } from './command.ts'
import { fileOrText } from './moments.ts'

export const proveCommand = command({
  name: 'prove',
  summary: 'prove that one event is in the sealed log',
  usage: 'prove EVENT [--size SIZE] > proof.json',
  help: `Writes the event, its way to the root of a seal, the seal and its keys, as JSON. npx caminho check-proof checks it anywhere.

  --size   under the seal of this size; the last one without it`,
  options: { size: { type: 'string' } },
  parse({ size }, [event, ...more]) {
    if (event === undefined || more.length > 0) throw new UsageError('prove takes the id of one event')
    const number = size === undefined ? undefined : Number(size)
    if (number !== undefined && !(Number.isInteger(number) && number > 0))
      throw new UsageError('--size takes the size of a seal')
    return { event, size: number }
  },
  async run(system, { event: id, size }) {
    const audit = openAudit(system)
    const event = await eventById(audit.rawLog, audit.tree, id)
    if (!event) {
      console.error(`There is no event ${id}.`)
      return 1
    }
    const proof = await proofOf(audit, event, size)
    if (!proof)
      console.error(
        size === undefined ? 'It is not sealed yet: npx caminho seal.' : `No seal of ${size} events covers it.`,
      )
    else console.log(JSON.stringify(proof, null, 2))
    return proof ? 0 : 1
  },
})

export const checkProofCommand = offlineCommand({
  name: 'check-proof',
  summary: 'check the proof of an event, with a public key alone',
  usage: 'check-proof FILE --key KEY',
  help: `Checks what npx caminho prove, or GET /api/audit/proofs/inclusion, has written. Needs no store, no server, no settings.

  --key   the public key that you were given: one line of base64, a PEM block, or a file with either`,
  options: { key: { type: 'string' } },
  parse({ key }, [file, ...more]) {
    if (file === undefined || more.length > 0 || typeof key !== 'string')
      throw new UsageError('check-proof takes one file and --key')
    return { file, key }
  },
  async runOffline({ file, key }) {
    try {
      const { event, seal, doubt } = checkProof(
        JSON.parse(await readFile(file, 'utf8')),
        publicKeyFrom(await fileOrText(key)),
      )
      const what = `${event.type} ${event.id} in ${event.stream}, recorded ${event.recordedAt}`
      console.log(
        doubt === undefined
          ? `PROVED: ${what}, is in the log of ${seal?.size} events sealed ${seal?.at}.`
          : `NOT PROVED: ${what}: ${doubt}.`,
      )
      return doubt === undefined ? 0 : 1
    } catch (error) {
      if (error instanceof NotAProofError || error instanceof TypeError || error instanceof SyntaxError)
        throw new UsageError(error.message)
      throw error
    }
  },
})
