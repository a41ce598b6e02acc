// Reads amounts and quantities as people type them, and writes them back for a field: `1 234,50`, `1.234,50`, `1,234.50`, `1234.5`.

/**
 * The integer of the smallest unit (`decimals` digits after the point), or undefined when it is not a number or has more decimals than that.
 * The last comma or point is the decimal separator, unless it stands before three digits where that many decimals cannot be meant.
 */
export const parseAmount = (typed: string, decimals = 2): number | undefined => {
  const text = typed
    .trim()
    .replace(/[\s\u00a0\u202f']/g, '')
    .replace('−', '-')
  if (!/^-?\d[\d.,]*$/.test(text)) return undefined
  const last = Math.max(text.lastIndexOf(','), text.lastIndexOf('.'))
  const after = text.length - last - 1
  const isDecimal = last >= 0 && after <= decimals && !repeats(text, last)
  const whole = isDecimal ? text.slice(0, last) : text
  if (!/^-?\d+([.,]\d{3})*$/.test(whole)) return undefined
  const digits = whole.replace(/[.,]/g, '') + (isDecimal ? text.slice(last + 1) : '').padEnd(decimals, '0')
  const value = Number(digits)
  return Number.isSafeInteger(value) ? value : undefined
}

/** The value of a money or quantity field: plain digits with the language's comma or point, so that it can be typed over. */
export const fieldAmount = (value: number, decimals: number, comma: boolean): string => {
  const fixed = (value / 10 ** decimals).toFixed(decimals)
  return comma ? fixed.replace('.', ',') : fixed
}

const repeats = (text: string, at: number): boolean => text.indexOf(text.charAt(at)) !== at
