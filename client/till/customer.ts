// Choosing the customer: one of those that are found, or only a tax number for the document, or nobody.
import { part } from './dom.ts'
import { chooseCustomer } from './payment.ts'

const dialog = part('till-customer', HTMLDialogElement)
const nuit = part('field-nuit', HTMLInputElement)

export function listenToCustomers(): void {
  dialog.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>('[data-customer], [data-nobody]') : null
    if (!button) return
    const id = button.dataset.customer
    chooseCustomer(id === undefined ? null : { id, name: button.dataset.name ?? '' }, '')
    nuit.value = ''
    dialog.close()
  })
  part('till-nuit', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault()
    chooseCustomer(null, nuit.value.replace(/[\s.-]/g, ''))
    dialog.close()
  })
}
