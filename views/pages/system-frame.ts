// What the pages of the system monitor share: their tabs, and how states and figures are written.
import type { Status } from '../../src/monitoring/index.ts'
import { pageHead, status, type Tone, tabs } from '../components/index.ts'
import { type Content, type Html, html } from '../html.ts'
import { catalogue, type PlainKey } from '../locales/index.ts'
import type { Reader } from '../reader.ts'

export const systemPlaces = ['overview', 'history', 'alerts', 'projections', 'logs'] as const
export type SystemPlace = (typeof systemPlaces)[number]

/** Head and tabs of a page of the monitor. */
export const systemHead = ({ t }: Reader, current: SystemPlace, lead: Content, actions: Content = false): Html =>
  html`${pageHead({ title: t('system.title'), lead, actions })}
${tabs(
  t('system.title'),
  systemPlaces.map((place) => ({
    href: place === 'overview' ? '/system' : `/system/${place}`,
    label: t(`system.tab.${place}`),
    current: place === current,
  })),
)}`

const tones: Readonly<Record<Status, Tone>> = { pass: 'good', warn: 'warning', fail: 'danger' }

/** A state as a light: a shape and a word, the colour besides. */
export const light = ({ t }: Reader, state: Status): Html => status(tones[state], t(`system.status.${state}`))

const isPlainKey = (key: string): key is PlainKey => Object.hasOwn(catalogue, key)

/** The words for a key that may be one of a part that these pages do not know; else `otherwise`. */
export const wordFor = ({ t }: Reader, key: string, otherwise: string): string => (isPlainKey(key) ? t(key) : otherwise)
