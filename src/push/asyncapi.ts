// The protocol as an AsyncAPI 3 document, made from the schemas that the gateway itself parses and is checked by.
import { z } from 'zod'
import { closeCodes, type EventName, mainEvents, topics } from '../../client/push/protocol.ts'
import { controlSchemas, fromListener, messageSchema } from './schemas.ts'

const json = (schema: z.ZodType, io: 'input' | 'output') => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return rest
}

const about: Readonly<Record<EventName, string>> = {
  notification: 'Something for the listener by name',
  'low-stock-alert': 'A product has fallen below its reorder point at a location',
  'new-sale': 'A sale was registered',
  'system-update': 'An alert about the system was raised, seen or resolved; for those who may read the system',
  'sale-changed': 'A sale was voided, refunded or paid',
  'stock-changed':
    'How much there is of a product at a location has changed; a slow listener may be told only the latest',
  'product-changed': 'A product was registered or changed',
  'order-changed': 'A purchase order was placed, received, cancelled or closed',
  'customer-changed': 'A customer was registered, changed or erased',
  'task-changed': 'A task was created, given to somebody else, rescheduled, done, reopened or cancelled',
  'notifications-read': 'The listener has read notifications, perhaps elsewhere',
}

const message = (title: string, summary: string, payload: object) => ({
  title,
  summary,
  contentType: 'application/json',
  payload,
})

const messages = () => ({
  ...Object.fromEntries(
    [...mainEvents, ...topics].map((name) => [name, message(name, about[name], json(messageSchema(name), 'output'))]),
  ),
  ...Object.fromEntries(
    Object.entries(controlSchemas).map(([name, schema]) => [
      name,
      message(name, 'Said beside the messages of events', json(z.strictObject({ [name]: schema }), 'output')),
    ]),
  ),
  said: message('said', 'What a listener says: any of these together', json(fromListener, 'input')),
})

const reference = (at: string, names: readonly string[]) => names.map((name) => ({ $ref: `#/${at}/${name}` }))

const description = `Every message is of one event of the log: \`position\` grows, and no listener gets two messages of one position.
A listener is in every room that its token allows (\`all\`, \`role:…\`, \`department:…\`, \`location:…\`, \`user:…\`) and hears the events
${mainEvents.join(', ')}. Its first message may narrow that, ask for more by name, and resume: \`{"subscribe":{"rooms":["location:…"],
"events":["new-sale"],"filter":{"locationId":"…"}},"after":"<position>"}\` gets exactly what came after the position, then what happens.
The token is an access token of the API: in \`Authorization: Bearer …\`, as the subprotocol \`bearer.<token>\`, or as the first message
\`{"token":"…"}\`. Close codes: ${Object.entries(closeCodes)
  .map(([name, code]) => `${code} ${name}`)
  .join(', ')}.`

let made: object | undefined

/** The document, made when it is first asked for. */
export function asyncApiDocument(): object {
  made ??= document()
  return made
}

function document() {
  const components = messages()
  const names = Object.keys(components)
  const heard = names.filter((name) => name !== 'said')
  const events: readonly string[] = [...mainEvents, ...topics]
  const channelMessages = (wanted: readonly string[]) =>
    Object.fromEntries(wanted.map((name) => [name, { $ref: `#/components/messages/${name}` }]))
  return {
    asyncapi: '3.0.0',
    info: { title: 'Caminho Seguro push', version: '1', description },
    defaultContentType: 'application/json',
    servers: {
      push: { host: 'localhost:3001', protocol: 'ws', description: 'The gateway (PUSH_PORT)' },
      main: { host: 'localhost:3000', protocol: 'ws', description: 'The main port passes /ws on to the gateway' },
      sse: { host: 'localhost:3000', protocol: 'http', description: 'Server-sent events' },
    },
    channels: {
      socket: { address: '/ws', servers: reference('servers', ['push', 'main']), messages: channelMessages(names) },
      stream: {
        address: '/api/events',
        description:
          '`Last-Event-ID` or `?after=` resumes; `?rooms=`, `?events=` (comma-separated) and `?filter=` (JSON) narrow',
        servers: reference('servers', ['sse']),
        messages: channelMessages(events),
      },
    },
    operations: {
      hear: {
        action: 'send',
        channel: { $ref: '#/channels/socket' },
        messages: reference('channels/socket/messages', heard),
      },
      say: {
        action: 'receive',
        channel: { $ref: '#/channels/socket' },
        messages: reference('channels/socket/messages', ['said']),
      },
      read: {
        action: 'send',
        channel: { $ref: '#/channels/stream' },
        messages: reference('channels/stream/messages', events),
      },
    },
    components: { messages: components },
  }
}
