// Adds up the notes and coins of a count as they are typed.
import { fieldAmount, parseAmount } from './amount.ts'

const form = document.querySelector<HTMLFormElement>('form[data-cash-count]')
const counted = document.getElementById('field-counted')

form?.addEventListener('input', ({ target }) => {
  if (!(target instanceof HTMLElement) || target.dataset.piece === undefined) return
  if (!(counted instanceof HTMLInputElement)) return
  let sum = 0
  for (const field of form.querySelectorAll<HTMLInputElement>('[data-piece]')) {
    const many = field.value.trim() === '' ? 0 : parseAmount(field.value, 0)
    field.setAttribute('aria-invalid', String(many === undefined || many < 0))
    sum += (many ?? 0) * Number(field.dataset.piece)
  }
  counted.value = fieldAmount(sum, 2, document.documentElement.lang !== 'en')
})
