// The barcode scanner: a keyboard that types many signs in no time and then Enter, wherever the focus happens to be.

/** Milliseconds between two signs: no person types so fast for so long. */
const quickest = 35
const shortest = 6

let code = ''
let last = 0
let field: HTMLInputElement | undefined
let valueBefore = ''

/** Tells each code that is scanned outside of the search field; what the scanner typed into another field is taken out of it again. */
export function onScan(isSearch: (target: EventTarget | null) => boolean, scanned: (code: string) => void): void {
  document.addEventListener(
    'keydown',
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isSearch(event.target)) return
      const now = performance.now()
      const quick = now - last < quickest
      last = now
      if (event.key === 'Enter') {
        const whole = quick && code.length >= shortest ? code : ''
        code = ''
        if (!whole || document.querySelector('dialog[open]')) return
        event.preventDefault()
        event.stopImmediatePropagation()
        if (field) {
          field.value = valueBefore
          field.dispatchEvent(new Event('input', { bubbles: true }))
        }
        return scanned(whole)
      }
      if (event.key.length !== 1) return
      if (quick) {
        code += event.key
        return
      }
      code = event.key
      field = event.target instanceof HTMLInputElement ? event.target : undefined
      valueBefore = field?.value ?? ''
    },
    { capture: true },
  )
}
