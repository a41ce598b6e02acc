// What the scripts know of htmx: the events that they listen to and what those carry.

export type RequestContext = {
  readonly sourceElement: Element
  readonly confirm?: string
  readonly request: { readonly method: string; readonly action: string; readonly headers: Record<string, string> }
  readonly response?: { readonly status: number }
}

type Detail = {
  readonly ctx: RequestContext
  /** Only of `htmx:confirm`. */
  readonly issueRequest?: () => void
  readonly dropRequest?: () => void
}

type EventName =
  | 'htmx:confirm'
  | 'htmx:before:request'
  | 'htmx:finally:request'
  | 'htmx:error'
  | 'htmx:after:swap'
  | 'htmx:config:request'

/** Listens to one of htmx's events, wherever on the page it happens. */
export const onHtmx = (name: EventName, heard: (detail: Detail, event: Event) => void): void =>
  document.addEventListener(name, (event) => {
    if (event instanceof CustomEvent) heard(event.detail, event)
  })
