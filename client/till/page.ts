// The till's page: where it stands and what the person may do are told in its attributes.
import { part } from './dom.ts'

export const page = part('till', HTMLElement)
export const search = part('till-search', HTMLInputElement)
export const products = part('till-products', HTMLElement)
export const pay = part('till-pay', HTMLFormElement)
export const answer = part('till-answer', HTMLElement)
export const done = part('till-done', HTMLElement)
export const note = part('till-note', HTMLElement)

/** Shows something in the place of answers, where it is read out. */
export const tellThere = (place: HTMLElement, content: Node | string): void => place.replaceChildren(content)
