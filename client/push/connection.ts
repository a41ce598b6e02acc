// A connection to the gateway that lasts: it comes back by itself, goes on from the last position, and tells every message once and in order.
import { overEventStream } from './event-stream.ts'
import { heartbeat } from './heartbeat.ts'
import { listeners } from './listeners.ts'
import { delayAfter, type Pace, usualPace } from './pace.ts'
import {
  type Control,
  closeCodes,
  type EventName,
  type FromListener,
  type PushMessage,
  type Subscription,
} from './protocol.ts'
import type { Open, Transport } from './transport.ts'
import { overWebSocket } from './websocket.ts'

/** `connecting`: for the first time; `live`; `reconnecting`: it was lost; `offline`: there is no network; `refused`: sign in again; `closed`. */
export type ConnectionState = 'connecting' | 'live' | 'reconnecting' | 'offline' | 'refused' | 'closed'

export interface ConnectOptions {
  /** `https://caminho.example`; in a browser, where the page comes from. */
  readonly origin?: string
  /** Gives an access token, asked before each try; without it, the browser's cookie counts. */
  readonly token?: () => string | Promise<string>
  /** Renews what has expired, as by asking for a page that renews the cookie; false: it cannot be had, sign in again. */
  readonly renew?: () => Promise<boolean>
  readonly subscription?: Subscription
  /** Go on after this position; without it, from now on. */
  readonly after?: string
  readonly pace?: Pace
  /** The ways to the gateway, tried in turn; a WebSocket first. */
  readonly transports?: readonly Open[]
}

export interface Connection {
  readonly state: ConnectionState
  /** Everything due up to here has been heard; undefined before anything was. */
  readonly position: string | undefined
  /** Hears messages: of one event, or of all (`*`). The result ends it. */
  on<Name extends EventName>(event: Name, hear: (message: PushMessage<Name>) => void): () => void
  on(event: '*', hear: (message: PushMessage) => void): () => void
  /** Hears what the gateway says beside messages. */
  onControl(hear: (control: Control) => void): () => void
  onState(hear: (state: ConnectionState) => void): () => void
  /** Hears that the log is another one (restored from an older backup): whatever is known of it must be thrown away. */
  onReset(hear: () => void): () => void
  /** Wants something else from now on. */
  subscribe(subscription: Subscription): void
  /** Asks something; false while it is not connected, or cannot ask. */
  say(said: Omit<FromListener, 'token' | 'subscribe' | 'after'>): boolean
  close(): void
}

/** Failures to open one transport before the next one is tried. */
const patience = 2
/** Refusals in a row after which a new token is no use either. */
const mostRefusals = 3

const isOffline = (): boolean => typeof navigator !== 'undefined' && navigator.onLine === false

/** Connects, and stays connected until it is closed. */
export function connect(options: ConnectOptions = {}): Connection {
  const { pace = usualPace, transports = [overWebSocket, overEventStream], token, renew } = options
  const origin = options.origin ?? globalThis.location?.origin
  if (!origin) throw new TypeError('outside a browser, connect needs the origin of the server: https://…')
  const messages = listeners<[PushMessage]>()
  const controls = listeners<[Control]>()
  const states = listeners<[ConnectionState]>()
  const resets = listeners<[]>()

  let subscription = options.subscription ?? {}
  let position = options.after
  let state: ConnectionState = 'connecting'
  let transport: Transport | undefined
  let failures = 0
  let way = 0
  /** What a try that is no longer wanted still has to say is not heard. */
  let attempt = 0
  let retry: ReturnType<typeof setTimeout> | undefined
  /** When to come back, as the gateway told before it went. */
  let hint: number | undefined

  const heart = heartbeat(
    () => transport?.say({ ping: '' }),
    () => lost(attempt, 1006),
  )

  const become = (next: ConnectionState): void => {
    if (state === next) return
    state = next
    states.tell(next)
  }

  const advance = (to: string): void => {
    if (position === undefined || BigInt(to) > BigInt(position)) position = to
  }

  const stop = (): void => {
    attempt += 1
    clearTimeout(retry)
    heart.stop()
    transport?.close()
    transport = undefined
  }

  const hearControl = (control: Control): void => {
    if ('pong' in control) advance(control.pong.position)
    if ('caughtUp' in control) advance(control.caughtUp.position)
    // From here on nothing is missed, though nothing may come for long.
    if ('subscribed' in control) advance(control.subscribed.after)
    if ('reconnect' in control) hint = control.reconnect.after
    controls.tell(control)
  }

  const open = async (): Promise<void> => {
    stop()
    const mine = attempt
    const isMine = () => mine === attempt
    const given = await Promise.resolve(token?.()).catch(() => undefined)
    if (!isMine()) return
    if (token && given === undefined) return lost(mine, 1006)
    const transportOf = transports[way % transports.length] ?? overWebSocket
    transport = transportOf(
      { origin, token: given, subscription, after: position },
      {
        opened() {
          if (!isMine()) return
          failures = 0
          heart.beat()
          become('live')
        },
        message(message) {
          if (!isMine() || (position !== undefined && BigInt(message.position) <= BigInt(position))) return
          position = message.position
          heart.beat()
          messages.tell(message)
        },
        control(control) {
          if (!isMine()) return
          heart.beat()
          hearControl(control)
        },
        closed: (code) => lost(mine, code),
      },
    )
  }

  /** What cannot even be tried, such as an address that is none, is a failure like any other. */
  const tryNow = (): void => {
    void open().catch(() => lost(attempt, 1006))
  }

  const again = (delay: number): void => {
    clearTimeout(retry)
    retry = setTimeout(tryNow, delay)
  }

  /** What has expired is renewed before the next try; where that cannot be done, somebody has to sign in again. */
  const renewFirst = (delay: number): void => {
    const mine = attempt
    const renewing = renew ? renew().catch(() => true) : Promise.resolve(token !== undefined && failures < mostRefusals)
    void renewing.then((renewed) => {
      if (mine !== attempt) return
      if (renewed) again(failures > 1 ? delay : 0)
      else become('refused')
    })
  }

  const lost = (mine: number, code: number): void => {
    if (mine !== attempt) return
    const wasLive = state === 'live'
    stop()
    failures += 1
    // The way did not lead there: the next one may.
    if (!wasLive && code === 1006 && failures % patience === 0) way += 1
    if (code === closeCodes.unknownPosition) {
      position = undefined
      resets.tell()
    }
    const delay = hint ?? delayAfter(failures, pace)
    hint = undefined
    // A browser does not say why it was not let in: it may be that the cookie has expired.
    const isRefused = code === closeCodes.unauthorised || (code === 1006 && !wasLive && renew !== undefined)
    if (isOffline()) become('offline')
    else {
      become(state === 'connecting' ? 'connecting' : 'reconnecting')
      if (isRefused) renewFirst(delay)
      else again(delay)
    }
  }

  const wentOffline = () => {
    stop()
    become('offline')
  }
  const cameOnline = () => {
    if (state !== 'offline') return
    failures = 0
    become('reconnecting')
    tryNow()
  }
  globalThis.addEventListener?.('offline', wentOffline)
  globalThis.addEventListener?.('online', cameOnline)
  tryNow()

  return {
    get state() {
      return state
    },
    get position() {
      return position
    },
    on(event: EventName | '*', hear: (message: never) => void) {
      // Each gets only messages of the event that it asked for.
      const listener = hear as (message: PushMessage) => void
      return messages.add((message) => {
        if (event === '*' || message.event === event) listener(message)
      })
    },
    onControl: (hear) => controls.add(hear),
    onState: (hear) => states.add(hear),
    onReset: (hear) => resets.add(hear),
    subscribe(wanted) {
      subscription = wanted
      if (state === 'closed' || state === 'offline') return
      become('reconnecting')
      tryNow()
    },
    say: (said) => transport?.say(said) ?? false,
    close() {
      stop()
      globalThis.removeEventListener?.('offline', wentOffline)
      globalThis.removeEventListener?.('online', cameOnline)
      become('closed')
    },
  }
}
