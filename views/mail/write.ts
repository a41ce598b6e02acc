// Writes a letter: as HTML from the pieces of the layout, and as text. Everything that comes from data is escaped here, in one place.
import { html } from '../html.ts'
import type { Reader } from '../reader.ts'
import type { Kit } from './layout.ts'
import type { Block, Letter, LetterFrame } from './letter.ts'

/** Text as it may stand in HTML, in a value of an attribute too. */
const escaped = (text: string): string => String(html`${text}`)

/** Fills the gaps of a piece. `markup` is HTML already; `text` is not. A value that looks like a gap stays what it is. */
const fill = (piece: string, text: Readonly<Record<string, string>>, markup: Readonly<Record<string, string>> = {}) =>
  piece.replace(/\[\[(\w+)\]\]/g, (gap, name: string) => markup[name] ?? escaped(text[name] ?? gap))

/** Line breaks that a person typed are kept. */
const lines = (text: string): string => text.split('\n').map(escaped).join('<br>')

function blockHtml(kit: Kit, block: Block): string {
  switch (block.kind) {
    case 'text':
    case 'note':
      return fill(kit[block.kind], {}, { text: lines(block.text) })
    case 'button':
      return fill(kit.button, { href: block.href, label: block.label })
    case 'figures':
      return fill(kit.figures, {}, { items: block.items.map(figureHtml).join('') })
    case 'table':
      return fill(kit.table, {}, { rows: tableHtml(block) })
    case 'image':
      return fill(kit.image, { cid: block.cid, alt: block.alt, top: block.top, from: block.from, to: block.to })
  }
}

const figureHtml = ({ label, value, note }: { label: string; value: string; note?: string }): string =>
  String(
    html`<td style="vertical-align:top"><div style="font-size:13px;color:#55625f">${label}</div><div style="font-size:24px;line-height:32px;font-weight:600;white-space:nowrap">${value}</div>${note !== undefined && html`<div style="font-size:13px;color:#55625f">${note}</div>`}</td>`,
  )

const tableHtml = ({ columns, rows }: Extract<Block, { kind: 'table' }>): string => {
  const align = (at: number) => (columns[at]?.numeric ? 'right' : 'left')
  const cell = (text: string, at: number) =>
    html`<td class="${columns[at]?.numeric ? 'num' : ''}" align="${align(at)}">${text}</td>`
  return String(
    html`<tr>${columns.map(({ label }, at) => html`<th scope="col" class="${columns[at]?.numeric ? 'num' : ''}" align="${align(at)}">${label}</th>`)}</tr>${rows.map((row) => html`<tr>${row.map(cell)}</tr>`)}`,
  )
}

/** The mail as HTML. */
export function letterHtml({ t, locale }: Reader, kit: Kit, letter: Letter, frame: LetterFrame): string {
  const { subject, preview, title, blocks } = letter
  const words = {
    lang: locale === 'en' ? 'en' : 'pt',
    subject,
    preview,
    title,
    company: frame.company,
    why: t(frame.why, { company: frame.company }),
  }
  const stop = frame.unsubscribe && {
    unsubscribe: frame.unsubscribe.href,
    preferences: frame.unsubscribe.preferences,
    stop: t('letter.stop'),
    choose: t('letter.choose'),
  }
  return [
    fill(kit.head, words),
    ...blocks.map((block) => blockHtml(kit, block)),
    stop ? fill(kit.stop, stop) : '',
    fill(kit.foot, words),
  ].join('')
}

const underlined = (text: string): string => `${text}\n${'='.repeat(Math.min(72, [...text].length))}`

function blockText(block: Block): string {
  switch (block.kind) {
    case 'text':
    case 'note':
      return block.text
    case 'button':
      return `${block.label}:\n${block.href}`
    case 'figures':
      return block.items
        .map(({ label, value, note }) => `${label}: ${value}${note === undefined ? '' : ` (${note})`}`)
        .join('\n')
    case 'table':
      return block.rows
        .map(
          (row) => `- ${row.map((cell, at) => (at === 0 ? cell : `${block.columns[at]?.label}: ${cell}`)).join('; ')}`,
        )
        .join('\n')
    case 'image':
      return `[${block.alt}: ${block.from} – ${block.to}, ≤ ${block.top}]`
  }
}

/** The mail as text. */
export function letterText(
  { t }: Reader,
  { title, blocks }: Letter,
  { company, why, unsubscribe }: LetterFrame,
): string {
  const foot = [
    t(why, { company }),
    ...(unsubscribe
      ? [`${t('letter.stop')}: ${unsubscribe.href}`, `${t('letter.choose')}: ${unsubscribe.preferences}`]
      : []),
  ]
  return [underlined(title), ...blocks.map(blockText), ['-- ', ...foot].join('\n')].join('\n\n').concat('\n')
}
