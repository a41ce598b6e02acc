// One event of the log: what it says, where it stands, what the same request did, and whether a seal covers it.
import type { CauseNode } from '../../src/audit/index.ts'
import type { RecordedEvent } from '../../src/kernel/event.ts'
import { card, detailList, linkButton, pageHead, pathline, status } from '../components/index.ts'
import { type Content, type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'
import { actorName, eventLink, eventName, storyHref } from './audit-shared.ts'

export interface EventPage {
  readonly event: RecordedEvent
  readonly nameOf: (id: string) => string | undefined
  readonly causes: readonly CauseNode[]
  /** Where it stands in the log, from 0, and its hash, base64. */
  readonly index: number
  readonly hash: string
  /** The seal that covers it; undefined when none does yet. */
  readonly seal: { readonly size: number; readonly at: string } | undefined
}

export const eventContent = (reader: Reader, page: EventPage): Html => {
  const { t, format } = reader
  const { event, seal } = page
  const story = storyHref(event.stream)
  return html`${pageHead({
    back: { href: '/audit', label: t('audit.log') },
    title: eventName(reader, event.type),
    lead: html`${format.dateTime(event.recordedAt)} · ${actorName(reader, event.metadata.actor, page.nameOf)}`,
    actions: html`${story && linkButton(story, { label: t('audit.story-link') })}${seal && linkButton(`/api/audit/proofs/inclusion?event=${encodeURIComponent(event.id)}`, { label: t('audit.proof'), icon: 'download' })}`,
  })}
<div class="columns-wide">
  <div class="stack">
    ${card({ title: t('audit.data'), body: dataList(reader, event.data) })}
    ${card({ title: t('audit.consequences'), body: causeTree(reader, page.causes, page) })}
  </div>
  ${card({ title: t('common.details'), body: detailList(details(reader, page)) })}
</div>`
}

const details = (reader: Reader, { event, index, hash, seal }: EventPage): [string, Content][] => {
  const { t, format } = reader
  const { metadata } = event
  return [
    [t('audit.type'), html`<code>${event.type}</code>`],
    [t('audit.schema'), format.number(event.schema)],
    [
      t('audit.stream'),
      html`<a class="audit-stream" href="/audit?stream=${encodeURIComponent(event.stream)}">${event.stream}</a>`,
    ],
    [t('audit.revision'), format.number(Number(event.revision))],
    [t('audit.position'), format.number(Number(event.position))],
    [
      t('audit.request'),
      html`<a class="audit-id" href="/audit?request=${encodeURIComponent(metadata.correlationId)}">${metadata.correlationId}</a>`,
    ],
    ...(metadata.causationId
      ? ([
          [
            t('audit.cause'),
            html`<a class="audit-id" href="/audit/events/${metadata.causationId}">${metadata.causationId}</a>`,
          ],
        ] as [string, Content][])
      : []),
    ['ID', html`<code class="audit-id">${event.id}</code>`],
    [
      t('audit.seal-state'),
      seal
        ? html`${status('good', t('audit.sealed'))} <small class="soft">${format.dateTime(seal.at)} · ${format.number(index)} / ${format.number(seal.size)}</small>`
        : status('info', t('audit.not-sealed-yet')),
    ],
    [t('audit.hash'), html`<code class="audit-id">${hash}</code>`],
  ]
}

const isEncrypted = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'sealed' in value && Object.keys(value).length === 1

/** What an event says, field by field; what is deeper is shown as it lies in the log. */
const dataList = (reader: Reader, data: unknown): Html => {
  const fields = Object.entries((data ?? {}) as Record<string, unknown>)
  return html`<dl class="details audit-data">${fields.map(
    ([name, value]) => html`<div><dt><code>${name}</code></dt><dd>${valueText(reader, value)}</dd></div>`,
  )}</dl>`
}

const valueText = ({ t }: Reader, value: unknown): Content => {
  if (isEncrypted(value)) return html`<em class="soft">${t('audit.encrypted')}</em>`
  if (typeof value === 'object' && value !== null)
    return html`<pre class="audit-json" tabindex="0">${JSON.stringify(value, null, 2)}</pre>`
  return value === null ? '–' : String(value)
}

/** The facts of one request on a path, those that were caused by others below them. */
const causeTree = (reader: Reader, nodes: readonly CauseNode[], page: EventPage): Html => {
  const { t, format } = reader
  return pathline(
    t('audit.consequences'),
    nodes.map(({ event, effects }) => ({
      title: html`${eventLink(reader, event)}${event.id === page.event.id && html` <small class="soft">(${t('audit.this-event')})</small>`}`,
      when: { text: format.time(event.recordedAt), instant: event.recordedAt },
      who: html`<span class="audit-stream">${event.stream}</span>`,
      tone: event.id === page.event.id ? ('info' as const) : ('neutral' as const),
      ...(effects.length > 0 && { body: causeTree(reader, effects, page) }),
    })),
  )
}
