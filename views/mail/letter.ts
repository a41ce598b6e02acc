// A letter: what a mail says, as data. The HTML and the text of a mail are both written from it, so they never say different things.

export type Block =
  | { readonly kind: 'text'; readonly text: string }
  /** Set smaller: what need not be read. */
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'button'; readonly label: string; readonly href: string }
  /** Figures that matter, side by side. */
  | { readonly kind: 'figures'; readonly items: readonly LetterFigure[] }
  | { readonly kind: 'table'; readonly columns: readonly LetterColumn[]; readonly rows: readonly (readonly string[])[] }
  | ChartBlock

/** A chart that comes with the mail as a picture, by its content id; its axes are written around it. */
export interface ChartBlock {
  readonly kind: 'image'
  readonly cid: string
  readonly alt: string
  readonly top: string
  readonly from: string
  readonly to: string
}

export interface LetterColumn {
  readonly label: string
  readonly numeric?: boolean
}

export interface LetterFigure {
  readonly label: string
  readonly value: string
  readonly note?: string
}

export interface Letter {
  readonly subject: string
  /** What mail programs show beside the subject. */
  readonly preview: string
  readonly title: string
  readonly blocks: readonly Block[]
}

/** What stands around every letter. */
export interface LetterFrame {
  readonly company: string
  /** Why it is sent to them: as somebody with an account, or as the log's witness. */
  readonly why: 'letter.why' | 'letter.why-witness'
  /** Where mails of this kind are stopped, and how often they come is chosen; absent where they cannot be stopped. */
  readonly unsubscribe?: { readonly href: string; readonly preferences: string }
}
