// Reads what mail servers send back: delivery reports (RFC 3464) and complaints (RFC 5965).

export interface BounceReport {
  /** `delayed` says that the server goes on trying. */
  readonly kind: 'failed' | 'delayed' | 'complaint'
  /** RFC 3463; '' when the report gives none. */
  readonly code: string
  /** What the last server said. */
  readonly reply: string
}

type Fields = ReadonlyMap<string, string>

/** Groups of header fields, as RFC 3464 2.1 has them: folded lines joined, names in lower case. */
function groupsOf(text: string): Fields[] {
  const unfolded = text.replaceAll(/\r\n?/g, '\n').replaceAll(/\n[ \t]+/g, ' ')
  return unfolded
    .split(/\n\s*\n/)
    .filter((group) => group.trim() !== '')
    .map(
      (group) =>
        new Map(
          group.split('\n').flatMap((line): [string, string][] => {
            const [, name, value] = /^([\w-]+):\s*(.*)$/.exec(line) ?? []
            return name === undefined || value === undefined ? [] : [[name.toLowerCase(), value.trim()]]
          }),
        ),
    )
}

/** What a message/delivery-status part says of its first recipient: each mail of ours has one. */
export function readDeliveryStatus(text: string): BounceReport | undefined {
  const recipient = groupsOf(text).find((fields) => fields.has('action'))
  const action = recipient?.get('action')?.toLowerCase()
  if (action !== 'failed' && action !== 'delayed') return undefined
  const code = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(recipient?.get('status') ?? '')?.[0] ?? ''
  // `smtp; 550 5.1.1 no such user`: the type of the code, then the code.
  const reply = (recipient?.get('diagnostic-code') ?? '').replace(/^[\w-]+\s*;\s*/, '').slice(0, 2_000)
  return { kind: action, code, reply }
}

/** Reads a mail that came back; undefined when it reports nothing, such as a holiday notice. */
export async function readBounce(source: Buffer): Promise<BounceReport | undefined> {
  const { simpleParser } = await import('mailparser')
  const mail = await simpleParser(source, { keepDeliveryStatus: true, skipHtmlToText: true, skipImageLinks: true })
  for (const { contentType, content } of mail.attachments) {
    if (contentType === 'message/feedback-report') return { kind: 'complaint', code: '', reply: '' }
    const report = contentType === 'message/delivery-status' && readDeliveryStatus(content.toString())
    if (report) return report
  }
  return undefined
}
