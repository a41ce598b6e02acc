// A mail that is written: all that goes over the wire.

export interface Attachment {
  readonly filename: string
  readonly content: Buffer | string
  readonly contentType: string
  /** Of an image that the HTML shows. */
  readonly cid?: string
}

export interface WrittenMail {
  readonly envelope: { readonly from: string; readonly to: string }
  readonly from: string
  readonly to: string
  readonly subject: string
  readonly html: string
  readonly text: string
  readonly messageId: string
  readonly headers: Readonly<Record<string, string>>
  readonly attachments: readonly Attachment[]
}
