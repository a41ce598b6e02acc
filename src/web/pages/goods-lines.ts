// Lines of goods as people type them (a product, a quantity, sometimes a cost): read, named, with the problems beside their fields.
import { type Product, products } from '../../../projections/products.ts'
import { parseAmount } from '../../../views/amount.ts'
import type { FormState } from '../../../views/components/field.ts'
import { productText } from '../../../views/pages/goods-lines.ts'
import type { Reader } from '../../../views/reader.ts'
import { maxAmount, maxQuantity } from '../../domain/values.ts'
import type { AppContext } from '../environment.ts'
import type { Typed } from './form.ts'

/** What is asked of each line besides its product. `signed`: may be negative. */
export interface AskedFigure {
  readonly kind: 'quantity' | 'money'
  readonly optional?: boolean
  readonly signed?: boolean
}

export interface ReadLine<Figure extends string> {
  readonly at: number
  readonly product: Product
  /** Null when it was left out. */
  readonly figures: Readonly<Record<Figure, number | null>>
}

export interface ReadLines<Figure extends string> {
  readonly lines: readonly ReadLine<Figure>[]
  readonly errors: Readonly<Record<string, string>>
  /** What was typed, the products named in full. */
  readonly values: Typed
  readonly count: number
}

const mostLines = 500
/** Products that the field offers while one types; beyond these, the SKU, the barcode or the name still finds them. */
const mostOffered = 500

/** How many lines the form has. */
const countIn = (typed: Typed): number => {
  const places = Object.keys(typed).flatMap((name) => /^product\.(\d{1,3})$/.exec(name)?.[1] ?? [])
  return Math.min(mostLines, Math.max(0, ...places.map((place) => Number(place) + 1)))
}

/** The products that are offered to a line editor. */
export async function offeredProducts(c: AppContext): Promise<readonly Product[]> {
  const query = { where: { discontinued: false }, sort: { by: 'nameKey' }, limit: mostOffered } as const
  return (await c.get('system').models.find(products, query)).items.map(({ document }) => document)
}

/** The product that a person means: by SKU, by barcode, or by words that fit one only. */
export async function productMeant(c: AppContext, text: string): Promise<Product | 'unknown' | 'several'> {
  const { models } = c.get('system')
  const [code = ''] = text.trim().split(' · ')
  const bySku = await models.find(products, { where: { sku: { in: [code, code.toUpperCase()] } }, limit: 1 })
  const byBarcode = bySku.items[0] ? bySku : await models.find(products, { where: { barcode: code }, limit: 1 })
  const exact = byBarcode.items[0]
  if (exact) return exact.document
  const byWords = await models.find(products, { where: { discontinued: false }, text, limit: 2 })
  const [first, second] = byWords.items
  if (!first) return 'unknown'
  return second ? 'several' : first.document
}

function readFigure(
  { t, format }: Reader,
  text: string,
  { kind, optional, signed }: AskedFigure,
  decimals: number,
): { readonly value: number | null; readonly error?: string } {
  if (text.trim() === '') return optional ? { value: null } : { value: null, error: t('errors.required') }
  const value = parseAmount(text, kind === 'money' ? format.minorUnits : decimals)
  if (value === undefined) return { value: null, error: t('errors.invalid-number') }
  const least = kind === 'money' ? 0 : signed ? -maxQuantity : 1
  const most = kind === 'money' ? maxAmount : maxQuantity
  const isWrong = value < least || value > most || (signed && value === 0)
  return isWrong ? { value, error: t('errors.out-of-range') } : { value }
}

/** Reads the lines; those without product and figures are passed over. */
export async function readLines<Figure extends string>(
  c: AppContext,
  reader: Reader,
  typed: Typed,
  asked: Readonly<Record<Figure, AskedFigure>>,
): Promise<ReadLines<Figure>> {
  const names = Object.keys(asked) as Figure[]
  const errors: Record<string, string> = {}
  const values: Record<string, string> = { ...typed }
  const lines: ReadLine<Figure>[] = []
  const seen = new Set<string>()
  const count = countIn(typed)
  for (let at = 0; at < count; at++) {
    const text = typed[`product.${at}`]?.trim() ?? ''
    const isBlank = text === '' && names.every((name) => !typed[`${name}.${at}`]?.trim())
    if (isBlank) continue
    const product = text === '' ? 'blank' : await productMeant(c, text)
    if (typeof product === 'string') {
      errors[`product.${at}`] = reader.t(product === 'blank' ? 'errors.required' : `goods.product-${product}`)
      continue
    }
    values[`product.${at}`] = productText(product)
    if (seen.has(product.productId)) errors[`product.${at}`] = reader.t('goods.product-twice')
    seen.add(product.productId)
    const figures = names.map((name) => {
      const { value, error } = readFigure(reader, typed[`${name}.${at}`] ?? '', asked[name], product.decimals)
      if (error) errors[`${name}.${at}`] = error
      return [name, value] as const
    })
    lines.push({ at, product, figures: Object.fromEntries(figures) as Record<Figure, number | null> })
  }
  if (lines.length === 0 && Object.keys(errors).length === 0) errors['product.0'] = reader.t('goods.no-lines')
  return { lines, errors, values, count }
}

/** The form with one line more or one line less, when that is what its button asked for; else undefined. */
export function reshaped(typed: Typed, figures: readonly string[]): FormState | undefined {
  const count = countIn(typed)
  const fields = ['product', ...figures]
  if (typed.add !== undefined) {
    const blank = Object.fromEntries(fields.map((name) => [`${name}.${count}`, '']))
    return { values: { ...typed, ...blank } }
  }
  if (typed.remove === undefined) return undefined
  const gone = Number(typed.remove)
  const kept = Object.entries(typed).filter(([name]) => !/^[a-z]+\.\d+$/i.test(name))
  const moved = Array.from({ length: count }, (_, at) => at)
    .filter((at) => at !== gone)
    .flatMap((from, to) => fields.map((name) => [`${name}.${to}`, typed[`${name}.${from}`] ?? ''] as const))
  return { values: Object.fromEntries([...kept, ...(moved.length > 0 ? moved : [['product.0', ''] as const])]) }
}

/** Where in the form a rejection about one product belongs. */
export const lineOf = <Figure extends string>(lines: readonly ReadLine<Figure>[], productId: unknown) =>
  lines.find(({ product }) => product.productId === productId)
