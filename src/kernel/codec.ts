// The codec between the domain and a store: validates and encrypts on append, upcasts and decrypts on read.
import { z } from 'zod'
import { InvalidEventError } from './errors.ts'
import type { EventCatalogue, EventSchema, NewEvent, RecordedEvent } from './event.ts'
import type { EventStore, StreamWrite } from './event-store.ts'
import { seal, unseal, type Vault } from './vault.ts'

type Data = Record<string, unknown>
type Sealed = { readonly sealed: string }

const isSealed = (value: unknown): value is Sealed =>
  typeof value === 'object' && value !== null && 'sealed' in value && typeof value.sealed === 'string'

/** All event types of all aggregates by name. @throws TypeError when two aggregates share a type's name. */
export function typesOf(catalogues: readonly EventCatalogue[]): ReadonlyMap<string, EventSchema> {
  const types = new Map<string, EventSchema>()
  for (const catalogue of catalogues)
    for (const [type, schema] of Object.entries(catalogue.types)) {
      if (types.has(type)) throw new TypeError(`two aggregates declare the event ${type}`)
      types.set(type, schema)
    }
  return types
}

/** The current form of an event's data: every upcaster from the version it was written in, in turn. */
export function upcast(schema: EventSchema, version: number, data: unknown): unknown {
  return schema.upcasters.slice(version - 1).reduce((old, up) => up(old), data as Data)
}

/**
 * An event store that speaks the domain's events over one that keeps JSON: data is validated against the type's schema and personal fields
 * are sealed on the way in; old versions are upcast and personal fields opened (null once the person is erased) on the way out.
 */
export function coded(store: EventStore, catalogues: readonly EventCatalogue[], vault: Vault): EventStore {
  const types = typesOf(catalogues)
  // Only these cost anything when read.
  const needsWork = (event: RecordedEvent): boolean => {
    const schema = types.get(event.type)
    if (schema === undefined) return false
    if (event.schema < schema.version) return true
    for (const field of schema.personalFields) if (isSealed((event.data as Data)[field])) return true
    return false
  }

  // A compiled schema judges in a thirtieth of the time; compiling takes a millisecond, so it waits until a type is written.
  const compiled = new Map<string, z.ZodType>()
  const judgeOf = (type: string, { schema }: EventSchema): z.ZodType => {
    const known = compiled.get(type)
    if (known) return known
    const judge = z.compile(schema)
    compiled.set(type, judge)
    return judge
  }

  const validate = (event: NewEvent): EventSchema => {
    const schema = types.get(event.type)
    if (!schema) throw new InvalidEventError(event.type, 'no aggregate declares it')
    const parsed = judgeOf(event.type, schema).safeParse(event.data)
    if (!parsed.success) throw new InvalidEventError(event.type, parsed.error.message)
    if (event.schema !== schema.version)
      throw new InvalidEventError(event.type, `version ${event.schema} is not the current one, ${schema.version}`)
    return schema
  }

  const holdsPersonalData = (schema: EventSchema, { data }: NewEvent): boolean =>
    schema.personalFields.some((field) => (data as Data)[field] !== null && (data as Data)[field] !== undefined)

  const sealWrite = async (write: StreamWrite): Promise<StreamWrite> => ({
    ...write,
    events: await Promise.all(write.events.map(sealEvent)),
  })

  const sealEvent = async (event: NewEvent): Promise<NewEvent> => {
    const schema = types.get(event.type)
    if (!schema || !holdsPersonalData(schema, event)) return event
    const data = event.data as Data
    const person = personOf(schema, data)
    if (person === undefined)
      throw new InvalidEventError(event.type, `it lacks ${schema.person}, the person of its personal fields`)
    const key = await vault.keyFor(person)
    const sealed: Data = { ...data }
    for (const field of schema.personalFields)
      if (data[field] !== null && data[field] !== undefined)
        sealed[field] = { sealed: seal(key, JSON.stringify(data[field]), `${event.id}/${field}`) }
    return { ...event, data: sealed }
  }

  const decode = async (page: readonly RecordedEvent[]): Promise<readonly RecordedEvent[]> => {
    const sealedOrOld = page.filter(needsWork)
    if (sealedOrOld.length === 0) return page
    const persons = new Set<string>()
    for (const event of sealedOrOld) {
      const schema = types.get(event.type)
      // By what is stored, not by today's schema: a field may have been personal in an earlier version only.
      const data = event.data as Data
      const person = schema && Object.values(data).some(isSealed) ? personOf(schema, data) : undefined
      if (person) persons.add(person)
    }
    const keys = await vault.keysOf([...persons])
    return page.map((event) => {
      const schema = types.get(event.type)
      return schema && needsWork(event)
        ? { ...event, data: openFields(schema, event, keys), schema: schema.version }
        : event
    })
  }

  const openFields = (schema: EventSchema, event: RecordedEvent, keys: ReadonlyMap<string, Buffer>): unknown => {
    const stored = event.data as Data
    const person = personOf(schema, stored)
    const key = person === undefined ? undefined : keys.get(person)
    const opened: Data = { ...stored }
    for (const [field, value] of Object.entries(stored))
      if (isSealed(value)) opened[field] = key ? open(key, value, event, field) : null
    return upcast(schema, event.schema, opened)
  }

  let sealing: Promise<unknown> | undefined
  /** Hands over to the store once the personal fields are sealed, and all that was asked for before has been handed over. */
  const handOver = async (personal: boolean, ...[writes, metadata, options]: Parameters<EventStore['append']>) => {
    const sealed = Promise.all([
      personal ? Promise.all(writes.map(sealWrite)) : writes,
      sealing?.catch(() => undefined),
    ])
    sealing = sealed
    try {
      const [ready] = await sealed
      return store.append(ready, metadata, options)
    } catch (error) {
      // What never reached the store has failed all the same.
      if (options?.ticket) options.ticket.state = 'failed'
      throw error
    } finally {
      // In the turn of the append: whoever comes next must find either this or nothing before it.
      if (sealing === sealed) sealing = undefined
    }
  }

  async function* decoded(pages: AsyncIterable<readonly RecordedEvent[]>) {
    for await (const page of pages) yield await decode(page)
  }

  return {
    async append(writes, metadata, options) {
      let personal = false
      try {
        for (const write of writes)
          for (const event of write.events) if (holdsPersonalData(validate(event), event)) personal = true
      } catch (error) {
        if (options?.ticket) options.ticket.state = 'failed'
        throw error
      }
      // Appends reach the store in the order in which they were asked for: command handling pipelines its decisions on that.
      return personal || sealing
        ? handOver(personal, writes, metadata, options)
        : store.append(writes, metadata, options)
    },
    readStream: (stream, options) => decoded(store.readStream(stream, options)),
    readAll: (options) => decoded(store.readAll(options)),
    async *subscribe(options) {
      for await (const message of store.subscribe(options))
        yield message.kind === 'events' ? { ...message, events: await decode(message.events) } : message
    },
    head: () => store.head(),
    close: () => store.close(),
  }
}

const personOf = (schema: EventSchema, data: Data): string | undefined => {
  const person = schema.person === undefined ? undefined : data[schema.person]
  return typeof person === 'string' ? person : undefined
}

const open = (key: Buffer, { sealed }: Sealed, { id, type }: RecordedEvent, field: string): unknown =>
  JSON.parse(unseal(key, sealed, `${id}/${field}`, `the field ${field} of event ${type} ${id}`).toString())
