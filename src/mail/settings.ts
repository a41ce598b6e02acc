// The settings of mail, read from the environment with all the others.
import { z } from 'zod'

/** Left empty is not set. */
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional())

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim().toLowerCase())
    .filter((part) => part !== ''),
)

export const mailEnvironment = {
  SMTP_URL: optional(z.url({ protocol: /^smtps?$/ })),
  MAIL_FROM: optional(
    z.string().regex(/^([^<>@\r\n]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/, 'must be an address'),
  ),
  MAIL_TLS: optional(z.enum(['required', 'opportunistic', 'none'])),
  MAIL_CONNECTIONS: optional(z.coerce.number().int().min(1).max(50)),
  MAIL_TIMEOUT: optional(z.coerce.number().int().min(1).max(600)),
  MAIL_PER_RECIPIENT_HOUR: optional(z.coerce.number().int().min(1)),
  MAIL_PER_DOMAIN_MINUTE: optional(z.coerce.number().int().min(1)),
  MAIL_ALLOW: optional(list),
  MAIL_DKIM_DOMAIN: optional(z.string()),
  MAIL_DKIM_SELECTOR: optional(z.string()),
  MAIL_DKIM_KEY_FILE: optional(z.string()),
  MAIL_BOUNCE_DOMAIN: optional(z.string()),
  MAIL_BOUNCE_PORT: optional(z.coerce.number().int().min(0).max(65_535)),
  MAIL_WEBHOOK_SECRET: optional(z.string().min(16)),
}

export interface MailSettings {
  /** Undefined: mails stay in the local outbox. */
  readonly smtpUrl: string | undefined
  readonly from: string
  /** `required`: no mail over a connection without TLS. */
  readonly tls: 'required' | 'opportunistic' | 'none'
  readonly connections: number
  /** Seconds that the server may take to answer. */
  readonly timeout: number
  readonly perRecipientHour: number
  readonly perDomainMinute: number
  /** Addresses, and domains as `@example.org`, to which alone mail is sent; undefined: to all. Lower case. */
  readonly allow: readonly string[] | undefined
  readonly dkim: { readonly domain: string; readonly selector: string; readonly keyFile: string } | undefined
  /** Where what cannot be delivered is sent back to, with an address for each mail; undefined: to the sender's own address. */
  readonly bounceDomain: string | undefined
  readonly bouncePort: number | undefined
  readonly webhookSecret: string | undefined
}

type Values = z.output<z.ZodObject<typeof mailEnvironment>>

/** The settings among the environment's parsed values. */
export function mailSettings(values: Values): MailSettings {
  const { MAIL_DKIM_DOMAIN: domain, MAIL_DKIM_SELECTOR: selector, MAIL_DKIM_KEY_FILE: keyFile } = values
  return {
    smtpUrl: values.SMTP_URL,
    from: values.MAIL_FROM ?? 'Caminho Seguro <caminho@localhost>',
    tls: values.MAIL_TLS ?? 'required',
    connections: values.MAIL_CONNECTIONS ?? 5,
    timeout: values.MAIL_TIMEOUT ?? 60,
    perRecipientHour: values.MAIL_PER_RECIPIENT_HOUR ?? 60,
    perDomainMinute: values.MAIL_PER_DOMAIN_MINUTE ?? 600,
    allow: values.MAIL_ALLOW,
    dkim: domain && selector && keyFile ? { domain, selector, keyFile } : undefined,
    bounceDomain: values.MAIL_BOUNCE_DOMAIN,
    bouncePort: values.MAIL_BOUNCE_PORT,
    webhookSecret: values.MAIL_WEBHOOK_SECRET,
  }
}
