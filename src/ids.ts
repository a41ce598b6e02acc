// New ids: UUIDs v7 (RFC 9562) whose random bytes are fetched many at a time, since fetching them costs more than all the rest.
import { randomFillSync } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'

const bytesAnId = 16
const pooledIds = 256

/** Gives ids that grow, also within one millisecond and when the clock is set back. */
export function growingIds(): () => string {
  const pool = Buffer.alloc(bytesAnId * pooledIds)
  let used = pool.length
  let msecs = 0
  let seq = 0

  return () => {
    if (used === pool.length) {
      randomFillSync(pool)
      used = 0
    }
    const random = pool.subarray(used, used + bytesAnId)
    used += bytesAnId
    const now = Date.now()
    if (now > msecs) {
      msecs = now
      // The counter has 32 bits; half of them are left to count.
      seq = random.readUInt32BE(6) >>> 1
    } else if (seq === 0xffff_ffff) {
      msecs += 1
      seq = 0
    } else seq += 1
    return uuidv7({ msecs, seq, random })
  }
}
