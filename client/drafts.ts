// Long forms that are typed over an hour: kept in this browser until they are done, so that neither a reload nor a dead battery loses a count.

const keyOf = (name: string): string => `draft ${name}`

const fieldsOf = (form: HTMLFormElement) =>
  [...form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')].filter(
    (field) => field.type !== 'hidden' && field.name !== '',
  )

const read = (name: string): Record<string, unknown> => {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(name)) ?? '{}')
    return typeof kept === 'object' && kept !== null ? { ...kept } : {}
  } catch {
    return {}
  }
}

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-draft]')) {
  const name = form.dataset.draft ?? ''
  const kept = read(name)
  for (const field of fieldsOf(form)) {
    const typed = kept[field.name]
    if (field.value === '' && typeof typed === 'string') field.value = typed
  }
  // What another part of the sheet holds stays in the draft.
  form.addEventListener('input', () => {
    const typed = Object.fromEntries(fieldsOf(form).map((field) => [field.name, field.value]))
    localStorage.setItem(keyOf(name), JSON.stringify({ ...read(name), ...typed }))
  })
}

document.addEventListener('submit', ({ target, defaultPrevented }) => {
  if (!(target instanceof HTMLFormElement) || defaultPrevented) return
  if (target.dataset.draftEnds !== undefined) localStorage.removeItem(keyOf(target.dataset.draftEnds))
})
