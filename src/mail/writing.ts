// Writes mails: a letter, framed, as HTML and text, with the headers that mail programs and servers want.

import { z } from 'zod'
import type { Kit } from '../../views/mail/layout.ts'
import type { LetterFrame } from '../../views/mail/letter.ts'
import { letterHtml, letterText } from '../../views/mail/write.ts'
import type { Links } from '../auth/links.ts'
import type { CommandHandling } from '../commands/handling.ts'
import type { Content, MailEvents } from '../domain/mail/events.ts'
import { type NotificationKind, notificationKinds } from '../domain/notifications/events.ts'
import type { ReadModels } from '../kernel/read-models.ts'
import { messageIdOf, returnPathOf } from './addresses.ts'
import { correspond } from './correspondence.ts'
import { openKit } from './kit.ts'
import type { MailSettings } from './settings.ts'
import type { WrittenMail } from './written.ts'

export interface WriterOptions {
  readonly models: ReadModels
  readonly commands: CommandHandling
  readonly links: Links
  readonly settings: MailSettings
  /** Where people reach the pages, without a slash at the end. */
  readonly baseUrl: string
}

export interface Writer {
  /** A mail as it goes over the wire. The address must be known: a person who is erased gets none. */
  write(mail: MailEvents['MailQueued'], address: string): Promise<WrittenMail>
  /** As somebody else may see it: the links that are secrets lead nowhere, unless they are told to. Images are in the HTML itself. */
  show(
    mail: MailEvents['MailQueued'],
    options?: { readonly secrets: boolean },
  ): Promise<{ readonly subject: string; readonly html: string; readonly text: string }>
}

/** What a person stops who stops a mail; undefined for those that cannot be stopped: they were asked for, or are about the account. */
function stoppedBy(content: Content): NotificationKind | 'report' | undefined {
  switch (content.kind) {
    case 'low-stock':
      return 'low-stock'
    case 'sales':
      return 'new-sale'
    case 'notification':
      return content.about.kind
    case 'report':
      return 'report'
    case 'welcome':
    case 'password-reset':
    case 'seal':
      return undefined
  }
}

/** What can be stopped by a link. */
export const stoppable = z.enum([...notificationKinds, 'report'])

/** The address that stops mails of a kind to a person, by itself the proof that it was sent to them. */
export const unsubscribePath = (links: Links, personId: string, of: string): string =>
  `/unsubscribe/${personId}/${of}/${links.prove('unsubscribe', `${personId}/${of}`)}`

export const passwordPath = (links: Links, linkId: string): string =>
  `/password/${linkId}/${links.prove('password', linkId)}`

export function openWriter({ models, commands, links, settings, baseUrl }: WriterOptions): Writer {
  const kitOf = openKit()

  const letterOf = async (mail: MailEvents['MailQueued'], { secrets }: { readonly secrets: boolean }) => {
    const passwordHref = (linkId: string) => (secrets ? baseUrl + passwordPath(links, linkId) : `${baseUrl}/password/…`)
    const { letter, attachments, reader, company } = await correspond({ models, commands, baseUrl, passwordHref }, mail)
    const of = stoppedBy(mail.content)
    const frame: LetterFrame = {
      company,
      why: mail.content.kind === 'seal' ? 'letter.why-witness' : 'letter.why',
      ...(of && {
        unsubscribe: {
          href: secrets ? baseUrl + unsubscribePath(links, mail.recipientId, of) : `${baseUrl}/unsubscribe/…`,
          preferences: `${baseUrl}/profile/notifications`,
        },
      }),
    }
    const kit: Kit = await kitOf()
    const html = letterHtml(reader, kit, letter, frame)
    return { subject: letter.subject, html, text: letterText(reader, letter, frame), attachments, frame }
  }

  return {
    async write(mail, address) {
      const { subject, html, text, attachments, frame } = await letterOf(mail, { secrets: true })
      return {
        envelope: { from: returnPathOf(links, mail.mailId, settings), to: address },
        from: settings.from,
        to: address,
        subject,
        html,
        text,
        messageId: messageIdOf(mail.mailId, settings),
        attachments,
        headers: {
          // RFC 3834: nobody's holiday notice answers.
          'Auto-Submitted': 'auto-generated',
          'X-Auto-Response-Suppress': 'All',
          ...(frame.unsubscribe && {
            // RFC 2369, RFC 8058.
            'List-Unsubscribe': `<${frame.unsubscribe.href}>`,
            'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
          }),
        },
      }
    },

    async show(mail, options = { secrets: false }) {
      const { subject, html, text, attachments } = await letterOf(mail, options)
      const shown = html.replaceAll(/src="cid:([\w-]+)"/g, (source, cid: string) => {
        const image = attachments.find((attachment) => attachment.cid === cid)
        return image
          ? `src="data:${image.contentType};base64,${Buffer.from(image.content).toString('base64')}"`
          : source
      })
      return { subject, html: shown, text }
    },
  }
}
