// The environment, parsed once. A bad value stops the start with one clear line.
import { hostname } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { type CloudinaryAddress, parseCloudinaryAddress } from './cloudinary.ts'
import { checkPlace } from './files/index.ts'
import { type MailSettings, mailEnvironment, mailSettings } from './mail/settings.ts'

const flag = z.enum(['true', 'false']).transform((value) => value === 'true')
/** Several hosts with ports are no URL of the standard: the rest is left for the client to judge. */
const onServer = (scheme: string) =>
  z
    .string()
    .regex(
      new RegExp(`^(${scheme}(\\+\\w+)?://[^/?\\s]+\\S*)?$`),
      `takes a ${scheme}:// URL, or nothing for the embedded store`,
    )
const port = z.coerce.number().int().min(0).max(65_535)

/** A text that something else understands, or refuses with a TypeError. */
const understoodBy = (understand: (text: string) => unknown) =>
  z.string().superRefine((text, context) => {
    try {
      understand(text)
    } catch (error) {
      context.addIssue(error instanceof Error ? error.message : String(error))
    }
  })
/** A directory, or a bucket; empty is the same as absent. */
const place = understoodBy(checkPlace)

const cron = z.string().regex(/^\s*(\S+\s+){4,5}\S+\s*$/, 'takes a cron expression of five or six fields')

const environment = z.object({
  NODE_ENV: z.string().default('development'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: port.default(3000),
  PUSH_PORT: port.optional(),
  DATA_DIR: z.string().min(1).default('./data'),
  EVENT_STORE_URL: onServer('kurrentdb').optional(),
  EVENT_STORE_PREFIX: z
    .string()
    .regex(/^[\w.-]*$/, 'has letters, digits, dots, hyphens and underscores only')
    .default(''),
  READ_MODELS_URL: onServer('mongodb').optional(),
  FILES_URL: place.optional(),
  CLOUDINARY_URL: z.literal('').or(understoodBy(parseCloudinaryAddress)).optional(),
  BACKUP_DIR: place.optional(),
  BACKUP_PASSPHRASE: z.literal('').or(z.string().min(12, 'must have at least 12 characters')).optional(),
  BACKUP_RECIPIENTS: z
    .string()
    .regex(/^\s*(age1\w+[\s,]*)*$/, 'takes age recipients (age1…), divided by spaces or commas')
    .default(''),
  BACKUP_CRON: cron.default('0 2 * * *'),
  BACKUP_KEEP: z.coerce.number().int().min(1).max(1_000).default(7),
  BACKUP_DRILL_CRON: cron.default('0 4 * * 0'),
  DEMO: flag.optional(),
  DEMO_PASSWORD: z.string().min(8).default('caminho-demo'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  MASTER_KEY: z
    .base64()
    .refine((text) => Buffer.from(text, 'base64').length === 32, 'must be 32 bytes in base64')
    .optional(),
  PUBLIC_URL: z.url().optional(),
  TRUST_PROXY: flag.default(false),
  SEAL_EVERY_EVENTS: z.coerce.number().int().min(1).max(100_000).default(1_000),
  SEAL_EVERY_MINUTES: z.coerce.number().min(1).max(100_000).default(60),
  SEAL_WITNESS_URL: z
    .literal('')
    .or(z.url({ protocol: /^https?$/ }))
    .optional(),
  SEAL_WITNESS_EMAIL: z.literal('').or(z.email()).optional(),
  SEAL_WITNESS_EMAIL_CRON: z.string().default('5 * * * *'),
  SEAL_WITNESS_EMAIL_LOCALE: z.enum(['pt-MZ', 'en']).default('pt-MZ'),
  NODE_NAME: z
    .string()
    .regex(/^[\w.-]{0,60}$/, 'may have 60 letters, digits, dots and dashes')
    .optional(),
  LOG_DIR: z.string().optional(),
  DISK_QUOTA: z.coerce.number().int().min(1).optional(),
  LOG_FILES: z.coerce.number().int().min(1).max(1_000).default(14),
  METRICS_TOKEN: z.literal('').or(z.string().min(20, 'must have at least 20 characters')).optional(),
  ...mailEnvironment,
})

export interface Config {
  readonly production: boolean
  readonly host: string
  readonly port: number
  /** Of the WebSocket gateway, which the main port passes /ws on to. Any that is free when the main port is. */
  readonly pushPort: number
  readonly dataDir: string
  /** `kurrentdb://…`; undefined: the log is in the data directory. May hold a password: never to be told. */
  readonly eventStoreUrl: string | undefined
  /** What the names of this installation's streams begin with, where several share one server. */
  readonly eventStorePrefix: string
  /** `mongodb://…/database`; undefined: the read models are in the data directory. May hold a password: never to be told. */
  readonly readModelsUrl: string | undefined
  /** Whether an empty store is filled with the demo company. Never in production. */
  readonly demo: boolean
  readonly demoPassword: string
  readonly logLevel: string
  /** Where photos and backups are kept, when not in the data directory: file:// or s3:// (see src/files). */
  readonly filesUrl: string | undefined
  /** Where photos have a copy. Holds a secret: never to be told. */
  readonly cloudinary: CloudinaryAddress | undefined
  readonly backups: {
    /** Where archives are kept, when not with the other files. May hold a password: never to be told. */
    readonly place: string | undefined
    /** Encrypts archives, when they are not encrypted for the installation itself and the recipients. */
    readonly passphrase: string | undefined
    readonly recipients: readonly string[]
    readonly cron: string
    /** So many of the newest sound archives stay. */
    readonly keep: number
    readonly drillCron: string
  }
  /** Wraps the personal keys and the signing key; when absent, one is made and kept in the data directory. */
  readonly masterKey: Buffer | undefined
  /** Where people reach it, when not at host and port. Cookies are Secure when it is https. */
  readonly publicUrl: string | undefined
  /** Whether X-Forwarded-For tells the caller's address. */
  readonly trustProxy: boolean
  /** Names this node among those of the system; the same after a restart. */
  readonly nodeName: string
  /** Where rotated files of the log are kept; undefined: standard output alone. */
  readonly logDir: string | undefined
  /** Bytes that the data directory may hold, where less than the whole disk is for it. */
  readonly diskQuota: number | undefined
  /** How many of them. */
  readonly logFiles: number
  /** With it as a bearer token, a scraper may read the metrics and nothing else. */
  readonly metricsToken: string | undefined
  readonly mail: MailSettings
  /** When the log is sealed, and who outside is told of each seal. */
  readonly sealing: {
    readonly everyEvents: number
    readonly everyMinutes: number
    readonly witnessUrl: string | undefined
    /** To whom the last seal is written, in which language, and when. */
    readonly witnessMail:
      | { readonly address: string; readonly locale: 'pt-MZ' | 'en'; readonly cron: string }
      | undefined
  }
}

/** A setting that cannot be used; the message names it and says what it may be. */
export class ConfigError extends Error {
  readonly code = 'bad-configuration'
}

/** Where everything is in one directory, the log is too; elsewhere whoever runs the nodes collects what they print. */
const logDirOf = ({ LOG_DIR, DATA_DIR, EVENT_STORE_URL, READ_MODELS_URL }: z.infer<typeof environment>) =>
  LOG_DIR === undefined && !EVENT_STORE_URL && !READ_MODELS_URL ? join(DATA_DIR, 'logs') : LOG_DIR || undefined

/** The settings of an environment such as `process.env`. @throws ConfigError */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const parsed = environment.safeParse(env)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const name = issue?.path.join('.') ?? 'environment'
    throw new ConfigError(`${name}: ${issue?.message ?? 'not valid'} (see .env.example)`)
  }
  const values = parsed.data
  const production = values.NODE_ENV === 'production'
  if (values.BACKUP_PASSPHRASE && values.BACKUP_RECIPIENTS !== '')
    throw new ConfigError('BACKUP_PASSPHRASE: set it or BACKUP_RECIPIENTS, not both: age cannot mix them')
  if (values.EVENT_STORE_PREFIX && !values.EVENT_STORE_URL)
    throw new ConfigError('EVENT_STORE_PREFIX: is for several installations on one server; it needs EVENT_STORE_URL')
  const onServers = ['EVENT_STORE_URL', 'READ_MODELS_URL'] as const
  const server = onServers.find((name) => values[name])
  if (server && !values.MASTER_KEY)
    throw new ConfigError(
      `MASTER_KEY: is needed with ${server}, the same on every node: what is on servers must not depend on one node's disk (openssl rand -base64 32)`,
    )
  return {
    production,
    host: values.HOST,
    port: values.PORT,
    pushPort: values.PUSH_PORT ?? (values.PORT === 0 ? 0 : 3001),
    dataDir: values.DATA_DIR,
    eventStoreUrl: values.EVENT_STORE_URL || undefined,
    eventStorePrefix: values.EVENT_STORE_PREFIX,
    readModelsUrl: values.READ_MODELS_URL || undefined,
    demo: !production && (values.DEMO ?? true),
    demoPassword: values.DEMO_PASSWORD,
    logLevel: values.LOG_LEVEL,
    masterKey: values.MASTER_KEY === undefined ? undefined : Buffer.from(values.MASTER_KEY, 'base64'),
    filesUrl: values.FILES_URL || undefined,
    cloudinary: values.CLOUDINARY_URL ? parseCloudinaryAddress(values.CLOUDINARY_URL) : undefined,
    backups: {
      place: values.BACKUP_DIR || undefined,
      passphrase: values.BACKUP_PASSPHRASE || undefined,
      recipients: values.BACKUP_RECIPIENTS.split(/[\s,]+/).filter((recipient) => recipient !== ''),
      cron: values.BACKUP_CRON,
      keep: values.BACKUP_KEEP,
      drillCron: values.BACKUP_DRILL_CRON,
    },
    publicUrl: values.PUBLIC_URL,
    trustProxy: values.TRUST_PROXY,
    nodeName: values.NODE_NAME || hostname(),
    logDir: logDirOf(values),
    diskQuota: values.DISK_QUOTA === undefined ? undefined : values.DISK_QUOTA * 2 ** 20,
    logFiles: values.LOG_FILES,
    metricsToken: values.METRICS_TOKEN || undefined,
    mail: mailSettings(values),
    sealing: {
      everyEvents: values.SEAL_EVERY_EVENTS,
      everyMinutes: values.SEAL_EVERY_MINUTES,
      witnessUrl: values.SEAL_WITNESS_URL || undefined,
      witnessMail: values.SEAL_WITNESS_EMAIL
        ? {
            address: values.SEAL_WITNESS_EMAIL,
            locale: values.SEAL_WITNESS_EMAIL_LOCALE,
            cron: values.SEAL_WITNESS_EMAIL_CRON,
          }
        : undefined,
    },
  }
}
