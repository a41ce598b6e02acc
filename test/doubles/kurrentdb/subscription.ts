// Subscriptions to the log of the KurrentDB double, with the checkpoints that the server's AllSubscriptionFiltered sends: while it catches up,
// they lie before the record that was looked at last; live, they are that record's position. A live queue that overflows means catching up.
import streams, { type ReadResp } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js'
import type { DoubleLog, LogRecord } from './log.ts'
import { idsAsText, indexFrom, type Options, passing, type ReadCall, send } from './read-options.ts'
import { eventOf } from './wire.ts'

/** What the server holds for a live subscription; of more, it forgets the oldest. */
const roomForLive = 32
const defaultWindow = 32

/** Commit and prepare position: equal for the place of a record, (next record, 0) for the place between two. */
type Place = readonly [commit: bigint, prepare: bigint]

const isBefore = (one: Place, other: Place): boolean => one[0] < other[0] || (one[0] === other[0] && one[1] < other[1])
const placeOf = ({ position }: LogRecord): Place => [position, position]

type Live = { readonly record: LogRecord } | { readonly checkpoint: Place }

export async function subscribe(call: ReadCall, options: Options, log: DoubleLog): Promise<void> {
  const passes = passing(options)
  const filter = options.getFilter()
  const window = filter?.hasMax() ? filter.getMax() : defaultWindow
  const interval = filter ? filter.getCheckpointintervalmultiplier() * window : Number.POSITIVE_INFINITY
  const asText = idsAsText(options)

  let live: Live[] = []
  let overflowed = false
  let counted = 0
  let next = log.records.length
  let wake = () => {}
  const grown = () => {
    for (; next < log.records.length; next += 1) {
      const record = log.records[next] as LogRecord
      if (passes(record)) live.push({ record })
      counted += 1
      if (counted < interval) continue
      counted = 0
      live.push({ checkpoint: placeOf(record) })
    }
    if (live.length > roomForLive) {
      live = live.slice(-roomForLive)
      overflowed = true
    }
    wake()
  }
  log.changes.on('grown', grown)
  call.on('cancelled', () => {
    log.changes.off('grown', grown)
    wake()
  })

  const from = options.getAll()?.getPosition()
  let checkpoint: Place | undefined = from && [BigInt(from.getCommitPosition()), BigInt(from.getPreparePosition())]
  const tell = async (record: LogRecord) => {
    await send(call, eventOf(record, asText))
    checkpoint = placeOf(record)
  }

  const catchUp = async () => {
    let place: Place = checkpoint ?? [0n, 0n]
    for (let considered = 0; !call.cancelled; ) {
      const start = indexFrom(log.records, place[0])
      const page = log.records.slice(start, start + window)
      for (const record of page)
        if (passes(record) && (!checkpoint || isBefore(checkpoint, placeOf(record)))) await tell(record)
      const last = page.at(-1)
      const after: Place = last ? [log.endOf(last), 0n] : place
      if ((!checkpoint || isBefore(checkpoint, place)) && isBefore(place, after)) checkpoint = place
      considered += page.length
      if (page.length < window) {
        if (checkpoint && filter) await send(call, checkpointAt(checkpoint))
        return
      }
      if (considered >= interval && checkpoint) {
        considered %= interval
        await send(call, checkpointAt(checkpoint))
      }
      place = after
    }
  }

  const goLive = async () => {
    await send(call, caughtUpAt(checkpoint))
    while (!call.cancelled) {
      if (overflowed) return
      const entry = live.shift()
      if (!entry) await new Promise<void>((resolve) => (wake = resolve))
      else if ('record' in entry) {
        if (!checkpoint || isBefore(checkpoint, placeOf(entry.record))) await tell(entry.record)
      } else if (!checkpoint || !isBefore(entry.checkpoint, checkpoint)) {
        checkpoint = entry.checkpoint
        await send(call, checkpointAt(checkpoint))
      }
    }
  }

  const confirmation = new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId('double')
  await send(call, new streams.ReadResp().setConfirmation(confirmation))
  while (!call.cancelled) {
    overflowed = false
    await catchUp()
    await goLive()
  }
}

function checkpointAt([commit, prepare]: Place): ReadResp {
  const checkpoint = new streams.ReadResp.Checkpoint()
  return new streams.ReadResp().setCheckpoint(
    checkpoint.setCommitPosition(String(commit)).setPreparePosition(String(prepare)),
  )
}

function caughtUpAt(place: Place | undefined): ReadResp {
  const caughtUp = new streams.ReadResp.CaughtUp()
  if (place) {
    const position = new streams.ReadResp.Position()
    caughtUp.setPosition(position.setCommitPosition(String(place[0])).setPreparePosition(String(place[1])))
  }
  return new streams.ReadResp().setCaughtUp(caughtUp)
}
