// The heartbeat of a connection: pings now and then, and notices when nothing is heard for long, since a dead network need not say so.

export interface Heartbeat {
  /** It has begun, or something was heard. */
  beat(): void
  stop(): void
}

/** Milliseconds between two pings, and of silence after which a connection is taken for dead. */
const pingEvery = 25_000
const longestSilence = 60_000

export function heartbeat(ping: () => void, onSilence: () => void): Heartbeat {
  let pinging: ReturnType<typeof setInterval> | undefined
  let silence: ReturnType<typeof setTimeout> | undefined
  return {
    beat() {
      pinging ??= setInterval(ping, pingEvery)
      clearTimeout(silence)
      silence = setTimeout(onSilence, longestSilence)
    },
    stop() {
      clearInterval(pinging)
      clearTimeout(silence)
      pinging = undefined
    },
  }
}
