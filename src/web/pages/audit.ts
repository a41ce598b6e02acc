// The audit pages: the explorer of the log, one event, the story of one thing, and who looked at what.
import { Hono } from 'hono'
import { layout } from '../../../views/layout.ts'
import { explorerContent } from '../../../views/pages/audit.ts'
import { accessContent } from '../../../views/pages/audit-access.ts'
import { eventContent } from '../../../views/pages/audit-event.ts'
import { eventName } from '../../../views/pages/audit-shared.ts'
import { storyContent } from '../../../views/pages/audit-story.ts'
import type { Reader } from '../../../views/reader.ts'
import {
  correlationOf,
  eventById,
  explore,
  leafOf,
  momentOf,
  openAudit,
  type Sought,
  sealOver,
  storyKinds,
  storyOf,
} from '../../audit/index.ts'
import type { AccessEvents } from '../../domain/access/events.ts'
import { addDays } from '../../domain/calendar.ts'
import { catalogues } from '../../domain/events.ts'
import type { RecordedEvent } from '../../kernel/event.ts'
import type { Assets } from '../assets.ts'
import { authorise } from '../authenticate.ts'
import type { AppContext, Environment } from '../environment.ts'
import { ProblemError } from '../problems.ts'
import { frameOf } from './frame.ts'
import { addressOf, type PageAsked, type Parameters, pageAsked, pagerOf, rowsShown } from './listing.ts'
import { activePeople } from './named-people.ts'
import { namesOf } from './names.ts'

const reads = authorise('audit.read')
const eventTypes = catalogues.flatMap(({ types }) => Object.keys(types))

/** The sources that everything here is read from. */
const sourcesOf = (c: AppContext) => ({ ...openAudit(c.get('system')), models: c.get('system').models })

/** How the people behind events are called. */
async function actorNames(c: AppContext, reader: Reader, events: readonly RecordedEvent[]) {
  const ids = events.flatMap(({ metadata: { actor } }) => (actor.startsWith('person:') ? [actor.slice(7)] : []))
  const names = await namesOf(c, reader, { people: ids })
  return (id: string) => names.get(id)
}

/** The cursor of a page: a position or a revision, in an alphabet that the pager's trail can carry. */
const cursorOf = ({ after }: PageAsked): { before?: bigint } =>
  after !== undefined && /^\d{1,19}$/.test(after) ? { before: BigInt(after) } : {}

/** The filters of the address, as the explorer takes them; what means nothing is left out. */
async function soughtIn(c: AppContext, timeZone: string, values: Parameters): Promise<Sought> {
  const { type, person, stream, from, to } = values
  const { tree } = openAudit(c.get('system'))
  const isDay = (text: string | undefined): text is string => text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text)
  const [before, last] = await Promise.all([
    isDay(from) ? momentOf(tree, addDays(from, -1), timeZone) : undefined,
    isDay(to) ? momentOf(tree, to, timeZone) : undefined,
  ])
  return {
    ...(type && eventTypes.includes(type) && { types: [type] }),
    ...(person && { actor: person.includes(':') ? person : `person:${person}` }),
    ...(stream && { stream }),
    ...(before !== undefined && { from: before + 1n }),
    ...(last !== undefined && { to: last }),
  }
}

const filterNames = ['type', 'person', 'stream', 'from', 'to', 'request'] as const

const valuesIn = (c: AppContext): Record<string, string> =>
  Object.fromEntries(filterNames.flatMap((name) => (c.req.query(name) ? [[name, c.req.query(name) ?? '']] : [])))

async function findEvents(c: AppContext, timeZone: string, values: Parameters, asked: PageAsked) {
  const sources = sourcesOf(c)
  if (values.request) {
    const { events } = await correlationOf(sources, values.request)
    return { events: events.toReversed(), next: undefined }
  }
  return explore(sources, await soughtIn(c, timeZone, values), { ...cursorOf(asked), limit: rowsShown })
}

function chipsOf(reader: Reader, values: Readonly<Record<string, string>>, nameOf: (id: string) => string | undefined) {
  const { t, format } = reader
  const said: Readonly<Record<string, (value: string) => string>> = {
    type: (type) => eventName(reader, type),
    person: (id) => nameOf(id) ?? id,
    stream: (stream) => stream,
    from: (day) => `${t('audit.from')} ${format.date(day)}`,
    to: (day) => `${t('audit.to')} ${format.date(day)}`,
    request: () => t('audit.request-filter'),
  }
  return Object.entries(values).map(([name, value]) => ({
    label: said[name]?.(value) ?? value,
    without: addressOf('/audit', { ...values, [name]: undefined }),
  }))
}

export function auditPages(assets: Assets): Hono<Environment> {
  const pages = new Hono<Environment>()

  pages.get('/audit', reads, async (c) => {
    const frame = await frameOf(c, assets)
    const { reader } = frame
    const values = valuesIn(c)
    const asked = pageAsked(c)
    const { events, next } = await findEvents(c, reader.format.timeZone, values, asked)
    const [nameOf, everybody] = await Promise.all([actorNames(c, reader, events), activePeople(c)])
    const named = new Map(everybody.map(({ personId, name }) => [personId, name ?? reader.t('common.erased-person')]))
    const main = explorerContent(reader, {
      events,
      nameOf,
      values,
      types: eventTypes
        .map((type) => ({ value: type, label: eventName(reader, type) }))
        .sort((a, b) => a.label.localeCompare(b.label)),
      people: [...named].map(([value, label]) => ({ value, label })),
      chips: chipsOf(reader, values, (id) => named.get(id)),
      pager: pagerOf((page) => addressOf('/audit', { ...values, ...page }), asked, next?.toString()),
      live: asked.after === undefined ? addressOf('/audit', values) : undefined,
    })
    return c.html(
      layout(frame, { title: reader.t('audit.title'), main, current: 'audit', scripts: ['client/live.ts'] }),
    )
  })

  pages.get('/audit/events/:id', reads, async (c) => {
    const frame = await frameOf(c, assets)
    const sources = sourcesOf(c)
    const event = await eventAsked(c, c.req.param('id'))
    const [{ events, roots }, index] = await Promise.all([
      correlationOf(sources, event.metadata.correlationId, event),
      sources.tree.indexOf(event.position),
    ])
    const seal = await sealOver(sources.rawLog, index ?? 0)
    const main = eventContent(frame.reader, {
      event,
      nameOf: await actorNames(c, frame.reader, [...events, event]),
      causes: roots,
      index: index ?? 0,
      hash: leafOf(event).toString('base64'),
      seal,
    })
    return c.html(layout(frame, { title: eventName(frame.reader, event.type), main, current: 'audit' }))
  })

  pages.get('/audit/story/:kind/:id', reads, async (c) => {
    const kind = storyKinds.find((known) => known === c.req.param('kind'))
    const id = c.req.param('id')
    const events = kind ? await storyOf(sourcesOf(c), kind, id) : []
    if (!kind || events.length === 0) throw new ProblemError('not-found')
    const frame = await frameOf(c, assets)
    const main = storyContent(frame.reader, { kind, id, events, nameOf: await actorNames(c, frame.reader, events) })
    return c.html(layout(frame, { title: frame.reader.t(`audit.story.${kind}`), main, current: 'audit' }))
  })

  pages.get('/audit/access', reads, async (c) => {
    const frame = await frameOf(c, assets)
    const { reader } = frame
    const asked = pageAsked(c)
    const found = await explore(
      sourcesOf(c),
      { types: ['PersonalDataViewed'] },
      { ...cursorOf(asked), limit: rowsShown },
    )
    const views = found.events.map(({ data }) => data as AccessEvents['PersonalDataViewed'])
    const names = await namesOf(c, reader, {
      people: views.flatMap(({ viewerId, kind, subjectId }) => [viewerId, kind === 'person' ? subjectId : null]),
      customers: views.map(({ kind, subjectId }) => (kind === 'customer' ? subjectId : null)),
    })
    const nameOf = (id: string | null) => (id === null ? undefined : names.get(id))
    const main = accessContent(reader, {
      lines: views.map((view) => ({
        ...view,
        viewer: nameOf(view.viewerId) ?? reader.t('people.somebody'),
        subject: nameOf(view.subjectId),
      })),
      pager: pagerOf((page) => addressOf('/audit/access', page), asked, found.next?.toString()),
    })
    return c.html(layout(frame, { title: reader.t('audit.access'), main, current: 'audit' }))
  })

  return pages
}

/** The event of a position, or of an id. */
async function eventAsked(c: AppContext, asked: string): Promise<RecordedEvent> {
  const { rawLog, tree } = openAudit(c.get('system'))
  if (/^\d{1,18}$/.test(asked)) {
    const position = BigInt(asked)
    const { after } = await tree.before(position)
    for await (const [event] of rawLog.readAll({ after, limit: 1 })) if (event?.position === position) return event
  } else {
    const event = await eventById(rawLog, tree, asked)
    if (event) return event
  }
  throw new ProblemError('unknown-event')
}
