// The look of every mail, in MJML: compiled once into HTML that mail programs understand, then cut at its marks into pieces with gaps.

const ink = '#16211f'
const soft = '#55625f'
const accent = '#0b5a55'
const line = '#d9e0de'
const sans = "Inter, 'Segoe UI', Helvetica, Arial, sans-serif"

const mark = (name: string): string => `<mj-raw><!-- cut:${name} --></mj-raw>`

/** The pieces in the order in which the marks cut them; `foot` is what follows the last. */
export const pieceNames = ['head', 'text', 'note', 'button', 'figures', 'table', 'image', 'stop', 'foot'] as const
export type PieceName = (typeof pieceNames)[number]

/** `[[name]]` is a gap. */
export const layoutSource = `<mjml lang="[[lang]]">
<mj-head>
  <mj-title>[[subject]]</mj-title>
  <mj-preview>[[preview]]</mj-preview>
  <mj-attributes>
    <mj-all font-family="${sans}" />
    <mj-text color="${ink}" font-size="16px" line-height="24px" padding="8px 24px" />
    <mj-table color="${ink}" font-size="14px" line-height="20px" padding="8px 24px" />
  </mj-attributes>
  <mj-style>
    a { color: ${accent}; }
    .figures td { padding: 0 24px 8px 0; }
    .rows th { text-align: left; font-weight: 600; color: ${soft}; border-bottom: 1px solid ${line}; padding: 6px 12px 6px 0; }
    .rows td { border-bottom: 1px solid ${line}; padding: 6px 12px 6px 0; vertical-align: top; }
    .rows .num { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
  </mj-style>
</mj-head>
<mj-body background-color="#f2f5f4" width="600px">
  <mj-section padding="20px 0 8px"><mj-column>
    <mj-text font-size="14px" font-weight="600" color="${accent}">[[company]]</mj-text>
  </mj-column></mj-section>
  <mj-section background-color="#ffffff" padding="16px 0 20px"><mj-column>
    <mj-text font-size="20px" line-height="28px" font-weight="600">[[title]]</mj-text>
    ${mark('text')}
    <mj-text>[[text]]</mj-text>
    ${mark('note')}
    <mj-text font-size="13px" line-height="20px" color="${soft}">[[text]]</mj-text>
    ${mark('button')}
    <mj-button href="[[href]]" background-color="${accent}" color="#ffffff" font-size="16px" font-weight="600" border-radius="6px" inner-padding="14px 24px" align="left" padding="12px 24px">[[label]]</mj-button>
    ${mark('figures')}
    <mj-table css-class="figures" table-layout="auto" width="auto"><tr>[[items]]</tr></mj-table>
    ${mark('table')}
    <mj-table css-class="rows">[[rows]]</mj-table>
    ${mark('image')}
    <mj-text font-size="13px" line-height="20px" color="${soft}" padding="8px 24px 0">[[alt]] · [[top]]</mj-text>
    <mj-image src="cid:[[cid]]" alt="[[alt]]" padding="4px 24px 0" width="552px" />
    <mj-table font-size="13px" color="${soft}" padding="0 24px 8px"><tr><td>[[from]]</td><td align="right">[[to]]</td></tr></mj-table>
    ${mark('stop')}
    <mj-text font-size="13px" line-height="20px" color="${soft}" padding="16px 24px 0"><a href="[[unsubscribe]]">[[stop]]</a> · <a href="[[preferences]]">[[choose]]</a></mj-text>
    ${mark('foot')}
  </mj-column></mj-section>
  <mj-section padding="8px 0 24px"><mj-column>
    <mj-text font-size="12px" line-height="18px" color="${soft}">[[why]]</mj-text>
  </mj-column></mj-section>
</mj-body>
</mjml>`

/** The pieces of a mail, each with its gaps. */
export type Kit = Readonly<Record<PieceName, string>>

/** Cuts the compiled layout at its marks. @throws TypeError when a mark is missing: the compiler has dropped it */
export function cut(compiled: string): Kit {
  const parts = compiled.split(/<!-- cut:[a-z]+ -->/)
  if (parts.length !== pieceNames.length) throw new TypeError(`the layout of mails has ${parts.length} pieces`)
  const kit: Partial<Record<PieceName, string>> = {}
  for (const [at, name] of pieceNames.entries()) kit[name] = parts[at] ?? ''
  return kit as Kit
}
