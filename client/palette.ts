// Ctrl K: type a few letters, choose with the arrows, go.

const dialog = document.getElementById('palette')
const search = document.getElementById('palette-search')

/** Letters without accents or case, so that `sessoes` finds `Sessões`. */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

if (dialog instanceof HTMLDialogElement && search instanceof HTMLInputElement) {
  const options = [...dialog.querySelectorAll<HTMLElement>('[role="option"]')]
  const nothing = dialog.querySelector<HTMLElement>('.palette-none')
  const shown = () => options.filter((option) => !option.hidden)

  const choose = (chosen: HTMLElement | undefined): void => {
    for (const option of options) option.setAttribute('aria-selected', String(option === chosen))
    search.setAttribute('aria-activedescendant', chosen?.id ?? '')
    chosen?.scrollIntoView({ block: 'nearest' })
  }

  const filter = (): void => {
    const asked = plain(search.value.trim())
    for (const option of options) option.hidden = !plain(option.textContent ?? '').includes(asked)
    if (nothing) nothing.hidden = shown().length > 0
    choose(shown()[0])
  }

  const step = (by: number): void => {
    const visible = shown()
    const now = visible.findIndex((option) => option.getAttribute('aria-selected') === 'true')
    choose(visible.at((now + by) % visible.length))
  }

  search.addEventListener('input', filter)
  search.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') step(1)
    else if (event.key === 'ArrowUp') step(-1)
    else if (event.key === 'Enter') dialog.querySelector<HTMLElement>('[aria-selected="true"] a')?.click()
    else return
    event.preventDefault()
  })

  addEventListener('keydown', (event) => {
    if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    if (dialog.open) return dialog.close()
    search.value = ''
    filter()
    dialog.showModal()
  })
  dialog.addEventListener('toggle', filter)
}
