// What a server's answer means for a mail: taken, later, never to this address, never this mail, or nothing about the mail at all.
import { z } from 'zod'

export type Verdict =
  | { readonly kind: 'sent'; readonly code: string; readonly reply: string }
  /** Not now. */
  | { readonly kind: 'later'; readonly code: string; readonly reply: string }
  /** The address does not take mail. */
  | { readonly kind: 'bounced'; readonly code: string; readonly reply: string }
  /** This mail is not taken, whatever the address. */
  | { readonly kind: 'refused'; readonly code: string; readonly reply: string }
  /** The server cannot be had, or will not have us: no mail is to blame. */
  | { readonly kind: 'unreachable'; readonly code: string; readonly reply: string }

/** What nodemailer tells of a failure. */
const failure = z.looseObject({
  code: z.string().default('unknown'),
  originalCode: z.string().optional(),
  command: z.string().default('CONN'),
  responseCode: z.int().optional(),
  response: z.string().optional(),
  message: z.string().default(''),
})
type Failure = z.infer<typeof failure>

/** RFC 3463. */
const enhancedCode = (reply: string): string | undefined => /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(reply)?.[0]

/** What goes wrong before a mail is spoken of. */
const beforeMail = /^(CONN|EHLO|HELO|LHLO|STARTTLS|AUTH|API)/
const noServer = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EDNS',
  'ETLS',
  'EAUTH',
])

/** OpenSSL's reasons not to believe a certificate, Node's own, and an answer that is no TLS: said before any mail is spoken of. */
const noTrust =
  /^(ERR_TLS_CERT|ERR_SSL_WRONG_VERSION|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_CA|PATH_LENGTH)/

/** A connection that broke in the midst says nothing about the server: the answer may have been lost. */
function withoutReply({ code, originalCode = code, message }: Failure): 'later' | 'unreachable' {
  if (noServer.has(code) || noServer.has(originalCode) || noTrust.test(originalCode)) return 'unreachable'
  return /greeting|connection timeout/i.test(message) ? 'unreachable' : 'later'
}

/** RFC 3463: 5.1.x are bad addresses; 5.2.1 is a mailbox that is disabled. Others than these are said of the mail, or of us. */
export const namesAddress = (enhanced: string | undefined): boolean =>
  enhanced === undefined || enhanced.startsWith('5.1.') || enhanced === '5.2.1'

function withReply({ command }: Failure, responseCode: number, enhanced: string | undefined): Verdict['kind'] {
  if (beforeMail.test(command)) return 'unreachable'
  if (responseCode < 500) return 'later'
  // A server that takes nothing from this sender would else cost us every mail; too large (552) is about the mail.
  if (command.startsWith('MAIL')) return responseCode === 552 ? 'refused' : 'unreachable'
  if (command.startsWith('RCPT')) return namesAddress(enhanced) ? 'bounced' : 'refused'
  return enhanced?.startsWith('5.1.') ? 'bounced' : 'refused'
}

/** The verdict of a failure that nodemailer has thrown. */
export function verdictOf(error: unknown): Verdict {
  const read = failure.parse(error instanceof Error ? { ...error, message: error.message } : error)
  const { responseCode, response = '', originalCode, code, message } = read
  const reply = (response || message).slice(0, 2_000)
  if (responseCode === undefined) return { kind: withoutReply(read), code: (originalCode ?? code).slice(0, 40), reply }
  const enhanced = enhancedCode(response)
  return { kind: withReply(read, responseCode, enhanced), code: enhanced ?? String(responseCode), reply }
}

/** The verdict of a mail that a server has taken. */
export const taken = (response: string): Verdict => ({
  kind: 'sent',
  code: enhancedCode(response) ?? response.slice(0, 3),
  reply: response.slice(0, 2_000),
})
