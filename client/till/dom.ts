// The parts of the till's page, found once by their ids.

/** The element with an id and of a kind. @throws when the page does not have it */
export function part<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id)
  if (!(found instanceof kind)) throw new Error(`the till has no ${id}`)
  return found
}

/** Writes into an element's part that is marked `data-NAME`. */
export const write = (element: ParentNode, name: string, text: string): void => {
  const place = element.querySelector(`[data-${name}]`)
  if (place) place.textContent = text
}

/** The element that a template holds. @throws when it is empty */
export function fresh(templateId: string): HTMLElement {
  const copy = part(templateId, HTMLTemplateElement).content.cloneNode(true)
  const element = copy instanceof DocumentFragment ? copy.firstElementChild : null
  if (!(element instanceof HTMLElement)) throw new Error(`the template ${templateId} is empty`)
  return element
}
