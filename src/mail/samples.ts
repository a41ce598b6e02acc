// Sample data for every template, to look at: also what a person with bad intentions might call a product.

import { addDays } from '../domain/calendar.ts'
import type { Content, MailEvents } from '../domain/mail/events.ts'

const low = (product: string, onHand: number) =>
  ({
    kind: 'low-stock',
    productId: 'sample',
    product,
    unit: 'un',
    decimals: 0,
    locationId: 'sample',
    location: 'Loja da Baixa',
    onHand,
    reorderPoint: 12,
  }) as const

const sampleId = '00000000-0000-7000-8000-000000000000'

/** What each template is shown with; `today`: YYYY-MM-DD. */
const contents = (now: Date): Readonly<Record<string, Content>> => {
  const at = now.toISOString()
  const today = at.slice(0, 10)
  const earlier = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString()
  return {
    welcome: { kind: 'welcome', linkId: sampleId },
    'password-reset': { kind: 'password-reset', linkId: sampleId },
    'low-stock': {
      kind: 'low-stock',
      items: [low('Arroz Água Doce 25 kg', 3), low('Óleo <b>Fula</b> 1 l', 7), low('Açúcar castanho 1 kg', 0)],
      more: 0,
    },
    sales: {
      kind: 'sales',
      from: earlier(60),
      to: at,
      count: 2,
      total: 1_740_50,
      latest: [
        { saleId: sampleId, document: 'VD MPT1-2026/124', location: 'Loja da Baixa', total: 1_160_00, at: earlier(4) },
        { saleId: sampleId, document: 'VD MTL1-2026/61', location: 'Loja da Matola', total: 580_50, at: earlier(25) },
      ],
    },
    'daily-report': {
      kind: 'report',
      every: 'daily',
      from: addDays(today, -1),
      to: addDays(today, -1),
      locationId: null,
    },
    'weekly-report': {
      kind: 'report',
      every: 'weekly',
      from: addDays(today, -7),
      to: addDays(today, -1),
      locationId: null,
    },
    'monthly-report': {
      kind: 'report',
      every: 'monthly',
      from: addDays(today, -30),
      to: addDays(today, -1),
      locationId: null,
    },
    seal: {
      kind: 'seal',
      sealId: sampleId,
      size: 10_452,
      root: 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=',
      previous: null,
      keyId: '0011223344556677',
      publicKey: 'MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=',
      signature: '-',
      at,
    },
    'system-alert': {
      kind: 'notification',
      notificationId: sampleId,
      about: {
        kind: 'system-alert',
        alertId: 'projection-stopped:sales',
        alert: 'projection-stopped',
        subject: 'sales',
        detail: 'SaleRegistered at position 10452 could not be folded',
        resolved: false,
      },
    },
    task: {
      kind: 'notification',
      notificationId: sampleId,
      about: {
        kind: 'task',
        taskId: sampleId,
        taskKind: 'written',
        title: 'Arrumar as prateleiras',
        note: 'Antes de abrir, por favor.',
        dueOn: addDays(today, 2),
      },
    },
    message: {
      kind: 'notification',
      notificationId: sampleId,
      about: {
        kind: 'message',
        title: 'Reunião às 17h',
        text: 'Na sala de cima.\nTragam as contas.',
        senderId: sampleId,
      },
    },
  }
}

/** The names of the templates. */
export const sampleNames: readonly string[] = Object.keys(contents(new Date(0)))

/** A mail of a template to somebody; undefined for a template that is none. */
export function sampleMail(
  name: string,
  {
    recipientId,
    address,
    locale,
    now,
  }: Pick<MailEvents['MailQueued'], 'recipientId' | 'address' | 'locale'> & { now: Date },
): MailEvents['MailQueued'] | undefined {
  const content = contents(now)[name]
  const at = now.toISOString()
  const keys = { recipientKey: '-', domainKey: '-' }
  return (
    content && {
      mailId: sampleId,
      recipientId,
      address,
      locale,
      ...keys,
      priority: 'normal',
      content,
      notBefore: at,
      at,
    }
  )
}
