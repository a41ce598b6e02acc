// Tabs: links to parts of one subject, the one shown marked.
import { type Content, type Html, html } from '../html.ts'

export type Tab = {
  readonly href: string
  readonly label: string
  readonly current?: boolean
  readonly count?: Content
}

/** A row of tabs; `label` says what they are parts of. */
export const tabs = (label: string, shown: readonly Tab[]): Html =>
  html`<nav class="tabs" aria-label="${label}">${shown.map(
    (tab) =>
      html`<a href="${tab.href}"${tab.current && html` aria-current="page"`}>${tab.label}${
        tab.count !== undefined && html` <span class="badge tone-neutral">${tab.count}</span>`
      }</a>`,
  )}</nav>`
