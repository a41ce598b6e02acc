// The recent log of the node that answers, the latest line first; new lines come by themselves.
import type { LogLine } from '../../src/monitoring/index.ts'
import { card, status, type Tone, tabs } from '../components/index.ts'
import { attributes, type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'
import { systemHead } from './system-frame.ts'

export const logLevels = { all: 0, warnings: 40, errors: 50 } as const
export type LogLevel = keyof typeof logLevels

export interface LogsPage {
  readonly node: string
  readonly level: LogLevel
  readonly text: string
  readonly lines: readonly LogLine[]
}

const tones: readonly (readonly [number, Tone, 'error' | 'warning' | 'info'])[] = [
  [50, 'danger', 'error'],
  [40, 'warning', 'warning'],
  [0, 'info', 'info'],
]

const address = (level: LogLevel, text: string): string =>
  `/system/logs?${new URLSearchParams({ level, ...(text !== '' && { text }) })}`

export const logsContent = (reader: Reader, { node, level, text, lines }: LogsPage): Html => {
  const { t } = reader
  return html`${systemHead(reader, 'logs', t('system.logs.lead', { node }))}
<div class="stack">
<form class="filters" method="get" action="/system/logs" role="search">
  <input type="hidden" name="level" value="${level}">
  <input type="search" name="text" value="${text}" aria-label="${t('system.logs.search')}" placeholder="${t('system.logs.search')}" maxlength="100">
</form>
${tabs(
  t('system.logs.level'),
  (Object.keys(logLevels) as LogLevel[]).map((each) => ({
    href: address(each, text),
    label: t(`system.logs.${each}`),
    current: each === level,
  })),
)}
${card({
  body: html`<ol${attributes({
    id: 'log',
    class: 'log',
    reversed: true,
    'hx-get': address(level, text),
    'hx-trigger': 'every 3s',
    'hx-select': '#log',
    'hx-swap': 'outerMorph',
    'hx-status:4xx': 'swap:none',
    'hx-status:5xx': 'swap:none',
  })}>${lines.toReversed().map((line) => logLine(reader, line))}</ol>
  ${lines.length === 0 && html`<p class="soft">${t('system.logs.none')}</p>`}`,
})}
</div>`
}

const logLine = ({ t, format }: Reader, { number, level, time, message, details }: LogLine): Html => {
  const [, tone, word] = tones.find(([least]) => level >= least) ?? [0, 'info', 'info']
  const more = JSON.stringify(details, undefined, 1)
  return html`<li id="line-${number}">${status(tone, t(`system.logs.${word}`))} <time datetime="${time}">${format.dateTime(time)}</time> <span>${message}</span>
  ${more !== '{}' && html`<details><summary>${t('system.logs.details')}</summary><pre>${more}</pre></details>`}</li>`
}
