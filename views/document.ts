// The HTML document around every page: language, theme, assets. No inline style or script, as the content security policy demands.
import { type Attributes, attributes, type Content, type Html, html } from './html.ts'
import type { Reader } from './reader.ts'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** What every document needs to know. */
export type Surroundings = {
  readonly reader: Reader
  readonly theme: Theme
  /** The address of an asset: `app.css`, `htmx.js`, `client/app.ts`, `favicon.svg`. */
  readonly assets: (name: string) => string
  /** Who reads it, and the position in the log that it shows: from there on, what happens is pushed to it. Undefined: nothing is. */
  readonly pushed?: { readonly reader: string; readonly position: string } | undefined
}

/** htmx: swapped in place by default, evaluating nothing, adding no style of its own. */
const htmxConfig = JSON.stringify({
  defaultSwap: 'outerHTML',
  includeIndicatorCSS: false,
  defaultTimeout: 15_000,
  morphSkip: '[hx-morph-skip], [data-keep]',
  // What a person has opened stays open.
  morphIgnore: ['data-htmx-powered', 'open'],
})

/** A whole document. `scripts` names client modules beside `client/app.ts`. */
export const document = (
  { reader, theme, assets, pushed }: Surroundings,
  given: {
    readonly title: string
    readonly body: Content
    readonly bodyAttrs?: Attributes
    readonly scripts?: readonly string[]
  },
): Html => html`<!doctype html>
<html${attributes({
  lang: reader.locale,
  'data-theme': theme === 'system' ? undefined : theme,
  'data-reader': pushed?.reader,
  'data-position': pushed?.position,
})}>
<head>
<meta charset="utf-8">
<title>${given.title} · Caminho Seguro</title>
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="${theme === 'system' ? 'light dark' : theme}">
<meta name="htmx-config" content="${htmxConfig}">
<link rel="preload" href="/assets/fonts/inter-latin-wght-normal.woff2" as="font" type="font/woff2" crossorigin>
<link rel="stylesheet" href="${assets('app.css')}">
<link rel="icon" href="${assets('favicon.svg')}" type="image/svg+xml">
<script src="${assets('htmx.js')}" defer></script>
${['client/app.ts', ...(given.scripts ?? [])].map((name) => html`<script type="module" src="${assets(name)}"></script>`)}
</head>
<body${attributes(given.bodyAttrs)}>
${given.body}
</body>
</html>`

/** The words that the scripts need, in the reader's language. */
export const scriptWords = ({ t }: Reader): Html =>
  html`<template${attributes({
    id: 'words',
    'data-online': t('nav.online'),
    'data-connecting': t('nav.connecting'),
    'data-offline': t('nav.offline'),
    'data-back-online': t('nav.back-online'),
    'data-restored': t('nav.restored'),
    'data-not-sent': t('errors.not-sent'),
    'data-close': t('common.close'),
  })}></template>`
