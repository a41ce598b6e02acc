// React over the client library: `useWebSocket` for whatever happens, `useNotifications` for what concerns the person. React 18 or later.
import {
  createContext,
  createElement,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { type Connection, type ConnectionState, type ConnectOptions, connect } from './connection.ts'
import type { EventData, EventName, PushMessage } from './protocol.ts'

const Shared = createContext<Connection | undefined>(undefined)

/** Gives a connection to all components within: one for the whole page, however many use it. */
export const PushProvider = (props: { readonly connection: Connection; readonly children?: ReactNode }): ReactNode =>
  createElement(Shared.Provider, { value: props.connection }, props.children)

/** The provider's connection, or one of its own while the component is there. */
function useConnection(options: ConnectOptions | undefined): Connection | undefined {
  const shared = useContext(Shared)
  const [own, setOwn] = useState<Connection>()
  const wanted = useRef(options)
  wanted.current = options
  // What is wanted by value: an object written in a component is a new one each time it renders.
  const identity = JSON.stringify([options?.origin, options?.after, options?.subscription])
  useEffect(() => {
    if (shared) return
    const connection = connect(wanted.current)
    setOwn(connection)
    return () => connection.close()
  }, [shared, identity])
  return shared ?? own
}

export interface UseWebSocket {
  readonly state: ConnectionState
  readonly connection: Connection | undefined
  /** The last message that was heard. */
  readonly last: PushMessage | undefined
}

export interface UseWebSocketOptions<Name extends EventName> extends ConnectOptions {
  /** Only messages of these events are heard by this component. */
  readonly events?: readonly Name[]
  /** Called for each message, once and in order. It need not be the same function each time. */
  readonly onMessage?: (message: PushMessage<Name>) => void
}

/** Listens while the component is there. Within a `PushProvider` its connection is used, and the options of a connection do not matter. */
export function useWebSocket<Name extends EventName = EventName>(
  options: UseWebSocketOptions<Name> = {},
): UseWebSocket {
  const { events, onMessage, ...connecting } = options
  const subscription = events && !connecting.subscription ? { events } : connecting.subscription
  const connection = useConnection({ ...connecting, ...(subscription && { subscription }) })
  const [last, setLast] = useState<PushMessage>()
  const hear = useRef({ events, onMessage })
  hear.current = { events, onMessage }

  useEffect(
    () =>
      connection?.on('*', (message) => {
        const { events, onMessage } = hear.current
        const names: readonly EventName[] | undefined = events
        if (names && !names.includes(message.event)) return
        setLast(message)
        // Of one of the named events, as was just looked at.
        onMessage?.(message as PushMessage<Name>)
      }),
    [connection],
  )

  const subscribe = useCallback(
    (changed: () => void) => connection?.onState(changed) ?? (() => undefined),
    [connection],
  )
  const stateOf = () => connection?.state ?? 'connecting'
  return { state: useSyncExternalStore(subscribe, stateOf, stateOf), connection, last }
}

export interface Notification {
  readonly position: string
  readonly at: string
  readonly data: EventData['notification']
}

export interface UseNotifications {
  /** What came since the component is there and has not been dismissed, the latest first; at most `most`. */
  readonly notifications: readonly Notification[]
  readonly state: ConnectionState
  dismiss(notification: Notification): void
  dismissAll(): void
}

/** The person's notifications as they come. A later one of the same notification takes the place of the one before; one that is read goes. */
export function useNotifications(options: ConnectOptions & { readonly most?: number } = {}): UseNotifications {
  const { most = 50, ...connecting } = options
  const [notifications, setNotifications] = useState<readonly Notification[]>([])
  const take = useCallback(
    (message: PushMessage<'notification' | 'notifications-read'>) =>
      setNotifications((known) => {
        const id = message.data.notificationId
        const others = id === null ? [] : known.filter(({ data }) => data.notificationId !== id)
        if (message.event === 'notifications-read') return others
        const { position, at, data } = message
        return [{ position, at, data }, ...others].slice(0, most)
      }),
    [most],
  )
  const { state, connection } = useWebSocket({
    ...connecting,
    events: ['notification', 'notifications-read'],
    onMessage: take,
  })
  // What was heard of a log that is gone may never have happened.
  useEffect(() => connection?.onReset(() => setNotifications([])), [connection])
  return useMemo(
    () => ({
      notifications,
      state,
      dismiss: ({ position }) => setNotifications((known) => known.filter((one) => one.position !== position)),
      dismissAll: () => setNotifications([]),
    }),
    [notifications, state],
  )
}
