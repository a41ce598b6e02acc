// Sealing and verifying the log, against a bare read of the same rows; the length and time of proofs, and how much memory verifying takes.
import { entriesIn, inclusionProof, keysIn, openAudit, publicKeyFrom, sealsIn, Verifier } from '../src/audit/index.ts'
import { openSystem } from '../src/system.ts'
import { type Figure, inTurns, perSecond } from './figure.ts'
import type { History } from './history.ts'
import { bareScan } from './read.ts'

const megabyte = 1 << 20

/** The most memory beyond what there was before, in MB, looked at every few milliseconds. */
async function growthDuring(work: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage().rss
  let most = before
  const look = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss)
  }, 5)
  await work()
  clearInterval(look)
  return (Math.max(most, process.memoryUsage().rss) - before) / megabyte
}

async function measured(history: History): Promise<readonly Figure[]> {
  const system = await openSystem({ config: history.config })
  try {
    const audit = openAudit(system)
    const [baseline = 0] = await inTurns(2, [bareScan(history)])
    const start = performance.now()
    const sealed = await audit.sealNow()
    const sealing = perSecond(sealed?.size ?? 0, start)
    const [key] = await keysIn(audit.rawLog)
    const verify = async (): Promise<number> => {
      const verifier = new Verifier({ key: publicKeyFrom(key?.key.publicKey ?? '') })
      const begun = performance.now()
      for await (const entry of entriesIn(audit.rawLog)) verifier.take(entry)
      const { events, finding } = verifier.finish()
      if (finding) throw new Error(`the log does not verify: ${finding.detail}`)
      return perSecond(events, begun)
    }
    let verifying = 0
    const growth = await growthDuring(async () => {
      verifying = await verify()
    })
    const size = (await sealsIn(audit.rawLog, { limit: 1 }))[0]?.seal.size ?? 1
    const proofs = 50
    let longest = 0
    const begun = performance.now()
    for (let count = 0; count < proofs; count += 1) {
      const path = await inclusionProof(audit.tree.subtrees(), Math.floor((size * count) / proofs), size)
      longest = Math.max(longest, path.length)
    }
    const proofTime = (performance.now() - begun) / proofs
    const at = `at ${history.events.toLocaleString('en')} events`
    const against = 'bare SELECT with JSON.parse'
    return [
      {
        name: `sealing the log, ${at}`,
        unit: 'events/s',
        value: sealing,
        baseline,
        against,
        bound: { ratio: 0.1 },
        limitedBy: 'canonical JSON and three SHA-256 an event',
      },
      {
        name: `verifying the log, ${at}`,
        unit: 'events/s',
        value: verifying,
        baseline,
        against,
        bound: { ratio: 0.1 },
        limitedBy: 'canonical JSON and two SHA-256 an event',
      },
      {
        name: `verifying the log, memory, ${at}`,
        unit: 'MB',
        value: growth,
        baseline: 1,
        against: 'MB',
        bound: { most: 120 },
        limitedBy: 'the leaves of what waits for a seal, and garbage',
      },
      {
        name: `a proof's length, ${at}`,
        unit: 'hashes',
        value: longest,
        baseline: Math.log2(size),
        against: 'log2 of the events',
        bound: { most: Math.ceil(Math.log2(size)) },
        limitedBy: 'the logarithm',
      },
      {
        name: `a proof's time, ${at}`,
        unit: 'ms',
        value: proofTime,
        baseline: 1,
        against: 'ms',
        bound: { most: 25 },
        limitedBy: 'reading and hashing 512 events, and a tile a level',
      },
    ]
  } finally {
    await system.close()
  }
}

/** The figures of the audit at each length of history. */
export async function audit(histories: readonly History[]): Promise<readonly Figure[]> {
  const figures: Figure[] = []
  for (const history of histories) figures.push(...(await measured(history)))
  return figures
}
