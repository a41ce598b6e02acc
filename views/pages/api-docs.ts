// The reader of the API's description: every route by area, with what it takes and answers. All of it is there without a script.
import { badge, card, detailList, pageHead, type Tone } from '../components/index.ts'
import { type Html, html } from '../html.ts'
import type { Reader } from '../reader.ts'

/** One field of a body, an answer or the parameters; `depth` tells how far inside others it lies. */
export interface ApiField {
  readonly name: string
  readonly type: string
  readonly required: boolean
  readonly description: string
  readonly depth: number
}

export interface ApiOperation {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly summary: string
  /** `public`, a permission, or undefined: any caller who has signed in. */
  readonly permission: string | undefined
  readonly parameters: readonly ApiField[]
  /** Its media type and fields. */
  readonly body: ApiContent | undefined
  readonly answer: ApiContent & { readonly status: string }
}

export interface ApiContent {
  readonly media: string
  readonly fields: readonly ApiField[]
}

export interface ApiDocs {
  readonly about: string
  readonly areas: readonly { readonly name: string; readonly operations: readonly ApiOperation[] }[]
}

const areaId = (name: string): string => `area-${name.toLowerCase()}`

export const apiDocsContent = (reader: Reader, { about, areas }: ApiDocs): Html => {
  const { t } = reader
  return html`${pageHead({
    title: t('api.title'),
    lead: t('api.lead'),
    actions: html`<a class="button" href="/api/openapi.json">${t('api.document')}</a>`,
  })}
<p class="soft" lang="en">${about}</p>
<nav class="api-areas" aria-label="${t('api.areas')}"><ul>${areas.map(
    ({ name, operations }) => html`<li><a href="#${areaId(name)}">${name}</a> ${badge(operations.length)}</li>`,
  )}</ul></nav>
<div class="stack">${areas.map(({ name, operations }) =>
    card({ id: areaId(name), title: name, body: html`${operations.map((each) => operation(reader, each))}` }),
  )}</div>`
}

const tones: Readonly<Record<string, Tone>> = { GET: 'info', DELETE: 'danger' }

const operation = (reader: Reader, each: ApiOperation): Html => html`<details class="api-operation" id="${each.id}">
  <summary>${badge(each.method, tones[each.method] ?? 'good')} <code>${each.path}</code> <span lang="en">${each.summary}</span></summary>
  ${detailList([[reader.t('api.permission'), permission(reader, each)]])}
  ${each.parameters.length > 0 && fields(reader, reader.t('api.parameters'), each.parameters)}
  ${each.body && content(reader, reader.t('api.body'), each.body)}
  ${content(reader, `${reader.t('api.answer')} ${each.answer.status}`, each.answer)}
</details>`

const permission = ({ t }: Reader, each: ApiOperation) => {
  if (each.permission === 'public') return t('api.anybody')
  return each.permission === undefined ? t('api.signed-in') : html`<code>${each.permission}</code>`
}

const content = (reader: Reader, title: string, { media, fields: shown }: ApiContent): Html =>
  shown.length > 0
    ? fields(reader, `${title} · ${media}`, shown)
    : html`<p class="soft">${title}: ${media === '' ? reader.t('api.nothing') : html`<code>${media}</code>`}</p>`

const fields = (
  { t }: Reader,
  caption: string,
  shown: readonly ApiField[],
): Html => html`<div class="table-scroll" tabindex="0" role="region" aria-label="${caption}"><table class="table api-fields">
  <caption>${caption}</caption>
  <thead><tr><th scope="col">${t('api.field')}</th><th scope="col">${t('api.type')}</th><th scope="col">${t('api.meaning')}</th></tr></thead>
  <tbody>${shown.map(
    ({ name, type, required, description, depth }) =>
      html`<tr><td><code>${'· '.repeat(depth)}${name}</code>${required && html` <small>${t('api.required')}</small>`}</td><td lang="en">${type}</td><td lang="en">${description}</td></tr>`,
  )}</tbody>
</table></div>`
