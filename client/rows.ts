// Tables by keyboard: up and down between the rows' first links, Home and End to the ends, `/` to the search field.

const linkOf = (row: Element | undefined): HTMLElement | null =>
  row?.querySelector<HTMLElement>('th a, td a, th button, td button') ?? null

const nextRow = (rows: readonly Element[], now: number, key: string): Element | undefined => {
  if (key === 'ArrowDown') return rows[now + 1]
  if (key === 'ArrowUp') return rows[now - 1]
  if (key === 'Home') return rows[0]
  return key === 'End' ? rows.at(-1) : undefined
}

const isTyping = (element: Element | null): boolean =>
  element instanceof HTMLElement && (element.matches('input, textarea, select') || element.isContentEditable)

document.addEventListener('keydown', (event) => {
  const { target, key } = event
  if (!(target instanceof Element) || event.ctrlKey || event.metaKey || event.altKey) return
  if (isTyping(target)) return
  if (key === '/') {
    const field = document.querySelector<HTMLInputElement>('main input[type="search"]')
    if (!field) return
    event.preventDefault()
    return field.select()
  }
  const row = target.closest('[data-rows] tbody tr')
  if (!row?.parentElement) return
  const rows = [...row.parentElement.children]
  const link = linkOf(nextRow(rows, rows.indexOf(row), key))
  if (!link) return
  event.preventDefault()
  link.focus()
})
