// What the audit pages share: their tabs, and how an event is called.
import type { RecordedEvent } from '../../src/kernel/event.ts'
import { tabs } from '../components/index.ts'
import { type Html, html } from '../html.ts'
import { catalogue, type PlainKey } from '../locales/index.ts'
import type { Reader } from '../reader.ts'

const parts = [
  ['/audit', 'audit.log'],
  ['/audit/seals', 'audit.seals'],
  ['/audit/past', 'audit.past'],
  ['/audit/what-if', 'audit.what-if'],
  ['/audit/access', 'audit.access'],
] as const
export type AuditPart = (typeof parts)[number][0]

/** The parts of the audit, one of them open. */
export const auditTabs = ({ t }: Reader, current: AuditPart): Html =>
  tabs(
    t('audit.pages'),
    parts.map(([href, label]) => ({ href, label: t(label), current: href === current })),
  )

const isKey = (key: string): key is PlainKey => Object.hasOwn(catalogue, key)

/** What a type of event is called; one that has no name in words keeps its own. */
export const eventName = ({ t }: Reader, type: string): string => {
  const key = `event.${type}`
  return isKey(key) ? t(key) : type
}

/** Who did it: a person by name, a part of the system, or nobody who had signed in. */
export const actorName = ({ t }: Reader, actor: string, nameOf: (id: string) => string | undefined): string => {
  if (actor.startsWith('person:')) return nameOf(actor.slice('person:'.length)) ?? t('people.somebody')
  return actor.startsWith('system:')
    ? t('audit.system-part', { part: actor.slice('system:'.length) })
    : t('audit.anonymous')
}

export const eventHref = ({ position }: RecordedEvent): string => `/audit/events/${position}`

export const eventLink = (reader: Reader, event: RecordedEvent): Html =>
  html`<a href="${eventHref(event)}">${eventName(reader, event.type)}</a>`

/** The address of the story that a stream belongs to; undefined where none is told. */
export function storyHref(stream: string): string | undefined {
  const [, category = '', id = ''] = /^(sale|product|person|customer|purchase-order|stock)-(.+)$/.exec(stream) ?? []
  if (category === '') return undefined
  if (category === 'stock') return `/audit/story/product/${id.slice(0, id.lastIndexOf('@'))}`
  return `/audit/story/${category === 'purchase-order' ? 'order' : category}/${id}`
}
