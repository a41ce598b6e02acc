// The same messages as server-sent events (WHATWG HTML, 9.2), for networks that let no WebSocket through.
import type { z } from 'zod'
import { closeCodes } from '../../client/push/protocol.ts'
import type { AccessClaims } from '../auth/tokens.ts'
import type { Admission } from './admission.ts'
import type { Hub } from './hub.ts'
import { type Line, listenerOn } from './listener.ts'
import { barredFrom, wantedOf } from './rooms.ts'
import type { subscription } from './schemas.ts'

/** Milliseconds between two signs of life. */
const heartbeat = 25_000
/** Bytes that wait for a reader before it is taken for slow by the hub; what is asked of the stream itself. */
const window = 64 * 1024

export interface StreamOptions {
  readonly hub: Hub
  readonly admission: Admission
  readonly now: () => number
}

export interface StreamAsked {
  readonly claims: AccessClaims
  readonly subscription: z.output<typeof subscription>
  /** Undefined: from now on. */
  readonly after: bigint | undefined
}

/**
 * A stream of the messages that a listener is due: `data` as on a WebSocket, `id` the position. An event `position` tells now and then how far
 * it has come, and that it lives; an event `close` why it ends, with the code of a WebSocket. Undefined when they may not listen (any more);
 * `barred`: the room that they asked for and may not be in.
 */
export function eventStream({ hub, admission, now }: StreamOptions, { claims, subscription, after }: StreamAsked) {
  return admission.byClaims(claims, ({ who, until }) => {
    const barred = barredFrom(who, subscription.rooms)
    if (barred !== undefined) return { barred }
    const encoder = new TextEncoder()
    let end: () => void = () => undefined
    let drained: () => void = () => undefined

    const body = new ReadableStream<Uint8Array>(
      {
        start(controller) {
          let open = true
          const write = (text: string) => {
            if (open) controller.enqueue(encoder.encode(text))
          }
          const line: Line = {
            send: (outgoing, room) => write(`id: ${outgoing.position}\ndata: ${outgoing.text(room)}\n\n`),
            buffered: () => (open ? window - (controller.desiredSize ?? 0) : 0),
            caughtUp: (position) => write(`id: ${position}\nevent: position\ndata: ${position}\n\n`),
            close(closing) {
              write(`event: close\ndata: ${closeCodes[closing]}\n\n`)
              if (open) controller.close()
              end()
            },
          }
          const listener = listenerOn(line, who, wantedOf(subscription))
          const beats = setInterval(() => line.caughtUp?.(hub.toldUpTo(listener)), heartbeat).unref()
          const stay = setTimeout(() => line.close('unauthorised'), Math.max(0, until - now())).unref()
          end = () => {
            open = false
            clearInterval(beats)
            clearTimeout(stay)
            hub.remove(listener)
          }
          drained = () => hub.drained(listener)
          hub.add(listener, after)
          write(': listening\n\n')
          hub.tell(listener)
        },
        pull: () => drained(),
        cancel: () => end(),
      },
      { highWaterMark: window, size: (chunk) => chunk.byteLength },
    )
    return body
  })
}
