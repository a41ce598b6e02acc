// The story of one thing or person: every fact about it on one path, oldest first.
import type { StoryKind } from '../../src/audit/index.ts'
import type { RecordedEvent } from '../../src/kernel/event.ts'
import { card, linkButton, pageHead, pathline } from '../components/index.ts'
import { type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'
import { actorName, eventLink } from './audit-shared.ts'

export interface StoryPage {
  readonly kind: StoryKind
  readonly id: string
  readonly events: readonly RecordedEvent[]
  readonly nameOf: (id: string) => string | undefined
}

export const storyContent = (reader: Reader, { kind, id, events, nameOf }: StoryPage): Html => {
  const { t, format } = reader
  return html`${pageHead({
    back: { href: '/audit', label: t('audit.log') },
    title: t(`audit.story.${kind}`),
    lead: html`<code class="audit-id">${id}</code>`,
    actions: kind === 'person' && linkButton(`/audit?person=${encodeURIComponent(id)}`, { label: t('audit.did') }),
  })}
${card({
  body: pathline(
    t('audit.story'),
    events.map((event) => ({
      title: eventLink(reader, event),
      when: { text: format.dateTime(event.recordedAt), instant: event.recordedAt },
      who: html`${actorName(reader, event.metadata.actor, nameOf)} · <span class="audit-stream">${event.stream}</span>`,
    })),
  ),
})}`
}
