// The letters themselves: what a mail says, made from its facts and from what the read models and the log know now.
import { locations } from '../../projections/locations.ts'
import { settings, settingsId } from '../../projections/settings.ts'
import { resetLetter, welcomeLetter } from '../../views/mail/account-letters.ts'
import { chartPicture } from '../../views/mail/chart.ts'
import type { Letter } from '../../views/mail/letter.ts'
import { chartId, reportLetter } from '../../views/mail/report-letter.ts'
import { sealLetter } from '../../views/mail/seal-letter.ts'
import { lowStockLetter, notificationLetter, salesLetter } from '../../views/mail/shop-letters.ts'
import { type Reader, readerFor } from '../../views/reader.ts'
import { testimonyText } from '../audit/index.ts'
import type { CommandHandling } from '../commands/handling.ts'
import { addDays } from '../domain/calendar.ts'
import type { Content, MailEvents } from '../domain/mail/events.ts'
import { person } from '../domain/people/person.ts'
import type { ReadModels } from '../kernel/read-models.ts'
import { dayCount } from '../reporting/period.ts'
import { reportCsv } from '../reporting/report-csv.ts'
import { makeReport } from '../reporting/reports.ts'
import type { Attachment } from './written.ts'

/** What letters are made from. */
export interface Archive {
  readonly models: ReadModels
  readonly commands: CommandHandling
  readonly baseUrl: string
  /** The address at which the person sets their password by a link. */
  readonly passwordHref: (linkId: string) => string
}

export interface Correspondence {
  readonly letter: Letter
  readonly attachments: readonly Attachment[]
  readonly reader: Reader
  readonly company: string
}

/** How a person is called, as the log knows it now; null for who is erased or was never there. */
async function nameOf({ commands }: Archive, personId: string): Promise<string | null> {
  const found = await commands.execute({ actor: 'system:mail', correlationId: personId }, (unit) => {
    const known = unit.state(person, personId)
    return { name: 'name' in known ? known.name : null }
  })
  return found.rejected ? null : found.value.name
}

type Of<Kind extends Content['kind']> = Extract<Content, { kind: Kind }>

const png = async (svg: string): Promise<Buffer> => {
  const { default: sharp } = await import('sharp')
  return sharp(Buffer.from(svg), { density: 144 }).png({ palette: true }).toBuffer()
}

async function report({ models, baseUrl }: Archive, reader: Reader, asked: Of<'report'>) {
  const { every, from, to, locationId } = asked
  const days = dayCount({ from, to })
  const before = { from: addDays(from, -days), to: addDays(from, -1) }
  const scope = { period: { name: 'custom', from, to, before }, locationId: locationId ?? undefined } as const
  const over = every === 'daily' ? 'sales-by-hour' : 'sales-by-day'
  const [sales, products, location] = await Promise.all([
    makeReport(models, over, scope, to),
    makeReport(models, 'sales-by-product', scope, to),
    locationId === null ? undefined : models.get(locations, locationId),
  ])
  const query = new URLSearchParams({
    period: 'custom',
    from,
    to,
    ...(locationId !== null && { location: locationId }),
  })
  const href = `${baseUrl}/reports/${over}?${query}`
  const letter = reportLetter(reader, { every, report: sales, products, location: location?.document.name, href })
  const picture = await png(chartPicture(sales.chart.points))
  const csv = (name: string, content: string): Attachment => ({
    filename: `${name}-${from}-${to}.csv`,
    content,
    contentType: 'text/csv; charset=utf-8',
  })
  return {
    letter,
    attachments: [
      { filename: `${chartId}.png`, content: picture, contentType: 'image/png', cid: chartId },
      csv(over, reportCsv(sales, reader)),
      csv('sales-by-product', reportCsv(products, reader)),
    ],
  }
}

/** For a witness to keep, a line a seal: what `npx caminho verify --witness` takes. */
function sealFile({ kind: _, sealId: id, signature, ...seal }: Of<'seal'>): Attachment {
  const content = `${testimonyText({ id, ...seal }, signature)}\n`
  return { filename: `seal-${seal.size}.ndjson`, content, contentType: 'application/x-ndjson' }
}

async function written(archive: Archive, reader: Reader, company: string, mail: MailEvents['MailQueued']) {
  const { baseUrl, passwordHref } = archive
  const { content, recipientId } = mail
  const only = (letter: Letter) => ({ letter, attachments: [] })
  switch (content.kind) {
    case 'welcome':
    case 'password-reset': {
      const name = (await nameOf(archive, recipientId)) ?? ''
      const account = { company, name, email: mail.address ?? '', href: passwordHref(content.linkId) }
      return only((content.kind === 'welcome' ? welcomeLetter : resetLetter)(reader, account))
    }
    case 'low-stock':
      return only(lowStockLetter(reader, content, baseUrl))
    case 'sales':
      return only(salesLetter(reader, content, baseUrl))
    case 'notification': {
      const { about } = content
      const sender = about.kind === 'message' ? await nameOf(archive, about.senderId) : null
      return only(notificationLetter(reader, about, baseUrl, sender ?? undefined))
    }
    case 'report':
      return report(archive, reader, content)
    case 'seal':
      return { letter: sealLetter(reader, { company, ...content }), attachments: [sealFile(content)] }
  }
}

/** The letter of a mail, in its recipient's language and the company's currency and time zone. */
export async function correspond(archive: Archive, mail: MailEvents['MailQueued']): Promise<Correspondence> {
  const known = (await archive.models.get(settings, settingsId))?.document
  const reader = readerFor({
    locale: mail.locale,
    ...(known && { currency: known.currency, timeZone: known.timeZone }),
  })
  const company = known?.name ?? 'Caminho Seguro'
  return { ...(await written(archive, reader, company, mail)), reader, company }
}
