// Sessions: on which devices somebody is signed in, since when, and how to end that.
import type { Session } from '../../projections/sessions.ts'
import { type Column, emptyState, status, submitButton, table } from '../components/index.ts'
import { type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'

export interface SessionLine {
  readonly session: Session
  /** From where; null when it is not known, or was erased. */
  readonly address: string | null
  readonly userAgent: string | null
  /** The one with which the page was asked for. */
  readonly current: boolean
}

const browsers: readonly (readonly [RegExp, string])[] = [
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\//, 'Firefox'],
  [/Chrom(e|ium)\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]
const systems: readonly (readonly [RegExp, string])[] = [
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
]
const known = (names: readonly (readonly [RegExp, string])[], text: string) =>
  names.find(([pattern]) => pattern.test(text))?.[1]

/** The browser and the system that a browser says it is, as people call them: `Firefox, Windows`. */
export const deviceName = ({ t }: Reader, userAgent: string | null): string => {
  const named = [known(browsers, userAgent ?? ''), known(systems, userAgent ?? '')].filter((name) => name !== undefined)
  return named.join(', ') || t('people.session-unknown-device')
}

/** The open sessions; `endAt` gives the address whose POST ends one, or nothing where the reader may not. */
export const sessionsTable = (
  reader: Reader,
  given: {
    readonly lines: readonly SessionLine[]
    readonly endAt: (sessionId: string) => string | undefined
  },
): Html => {
  const { t, format } = reader
  const columns: readonly Column<SessionLine>[] = [
    {
      label: t('people.session-device'),
      primary: true,
      cell: ({ userAgent, current }) =>
        html`${deviceName(reader, userAgent)} ${current && status('good', t('people.session-this'))}`,
    },
    { label: t('people.session-address'), kind: 'minor', cell: ({ address }) => address ?? '–' },
    { label: t('people.session-started'), cell: ({ session }) => format.dateTime(session.startedAt) },
    { label: t('people.session-used'), kind: 'minor', cell: ({ session }) => format.dateTime(session.refreshedAt) },
    {
      label: t('common.actions'),
      kind: 'work',
      cell: ({ session, userAgent, current }) => {
        const action = given.endAt(session.sessionId)
        const label = t('people.session-end-of', { device: deviceName(reader, userAgent) })
        return (
          action !== undefined &&
          !current &&
          html`<form method="post" action="${action}" data-guarded>${submitButton({ label: t('people.revoke'), look: 'plain', size: 'small', attrs: { 'aria-label': label } })}</form>`
        )
      },
    },
  ]
  return table(reader, {
    id: 'sessions',
    caption: t('people.sessions'),
    columns,
    rows: given.lines,
    empty: emptyState(t('people.session-none')),
  })
}
