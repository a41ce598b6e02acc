// A form with lines of goods, from the first look to the command: shown, given more lines, refused beside the field, or done.
import { Hono } from 'hono'
import type { z } from 'zod'
import type { Location } from '../../../projections/locations.ts'
import type { Product } from '../../../projections/products.ts'
import type { Supplier } from '../../../projections/suppliers.ts'
import type { FormState } from '../../../views/components/field.ts'
import type { Html } from '../../../views/html.ts'
import { layout } from '../../../views/layout.ts'
import type { PlainKey } from '../../../views/locales/index.ts'
import { productText } from '../../../views/pages/goods-lines.ts'
import type { PlaceId } from '../../../views/places.ts'
import type { Reader } from '../../../views/reader.ts'
import type { Permission } from '../../auth/permissions.ts'
import type { Made } from '../../commands/change.ts'
import type { Context as CommandContext, Desk, Outcome } from '../../commands/handling.ts'
import type { Rejection } from '../../kernel/decider.ts'
import type { Assets } from '../assets.ts'
import { authorise } from '../authenticate.ts'
import { tellPosition } from '../consistency.ts'
import type { AppContext, Environment } from '../environment.ts'
import { explain } from '../problems.ts'
import { formContext, freshForm, type Typed, typedIn, withIssues } from './form.ts'
import { frameOf, openLocations, workplaceOf } from './frame.ts'
import { type AskedFigure, lineOf, offeredProducts, type ReadLine, readLines, reshaped } from './goods-lines.ts'
import { leadTo } from './redirect.ts'
import { activeSuppliers, productsById } from './related.ts'
import { tell } from './toasts.ts'

/** What a form of goods chooses from. */
export interface GoodsChoices {
  readonly state: FormState
  readonly offered: readonly Product[]
  readonly places: readonly Location[]
  readonly suppliers: readonly Supplier[]
}

export interface GoodsForm<Head, Figure extends string> {
  readonly path: string
  readonly current: PlaceId
  readonly title: PlainKey
  readonly permission: Permission
  readonly head: z.ZodType<Head>
  readonly figures: Readonly<Record<Figure, AskedFigure>>
  readonly view: (reader: Reader, choices: GoodsChoices) => Html
  readonly act: (
    desk: Desk,
    asked: { readonly head: Head; readonly lines: readonly ReadLine<Figure>[] },
    context: CommandContext,
  ) => Promise<Outcome<Made>>
  readonly done: PlainKey
  /** The page that follows. */
  readonly next: (made: Made, head: Head) => string
}

/** The quantity or another figure that the form asks of every line. */
export const figureOf = <Figure extends string>({ figures }: ReadLine<Figure>, name: Figure): number =>
  figures[name] ?? 0

/** What is refused, beside the line that it is about, when it is about one. */
function refused<Figure extends string>(
  { t, locale, format }: Reader,
  values: Typed,
  lines: readonly ReadLine<Figure>[],
  { code, details }: Rejection,
): FormState {
  const line = lineOf(lines, details.productId)
  if (!line) return { values, errors: { form: explain(locale, code) } }
  const written = (count: unknown) => format.quantity(Number(count), line.product.decimals)
  const text =
    code === 'insufficient-stock'
      ? t('errors.insufficient-stock', { onHand: written(details.onHand), asked: written(details.asked) })
      : explain(locale, code)
  return { values, errors: { [`product.${line.at}`]: text } }
}

/** What the form starts with: the place where the person works, and the product and location that the address names. */
async function startOf(c: AppContext): Promise<Typed> {
  const asked = c.req.query('product')
  const product = asked ? (await productsById(c, [asked])).get(asked) : undefined
  const locationId = c.req.query('location') ?? (await workplaceOf(c))?.locationId ?? ''
  return {
    location: locationId,
    ...(c.req.query('supplier') && { supplier: c.req.query('supplier') ?? '' }),
    'product.0': product ? productText(product) : '',
  }
}

/** The pages of one form of goods. */
export function goodsForm<Head, Figure extends string>(
  assets: Assets,
  form: GoodsForm<Head, Figure>,
): Hono<Environment> {
  const pages = new Hono<Environment>()
  const names = Object.keys(form.figures)

  const show = async (c: AppContext, state: FormState, status: 200 | 422 = 200) => {
    const [frame, offered, places, suppliers] = await Promise.all([
      frameOf(c, assets),
      offeredProducts(c),
      openLocations(c),
      activeSuppliers(c),
    ])
    const main = form.view(frame.reader, { state, offered, places, suppliers })
    return c.html(layout(frame, { title: frame.reader.t(form.title), main, current: form.current }), status)
  }

  pages.get(form.path, authorise(form.permission), async (c) => show(c, freshForm(c, await startOf(c))))

  pages.post(form.path, authorise(form.permission), async (c) => {
    const typed = await typedIn(c)
    const other = reshaped(typed, names)
    if (other) return show(c, other)
    const { reader } = await frameOf(c, assets)
    const head = form.head.safeParse(typed)
    const read = await readLines(c, reader, typed, form.figures)
    const errors = { ...(head.success ? {} : withIssues(reader, typed, head.error).errors), ...read.errors }
    if (!head.success || Object.keys(errors).length > 0) return show(c, { values: read.values, errors }, 422)
    const asked = { head: head.data, lines: read.lines }
    const outcome = await form.act(c.get('system'), asked, formContext(c, typed))
    if (outcome.rejected) return show(c, refused(reader, read.values, read.lines, outcome), 422)
    tellPosition(c, outcome.position)
    tell(c, form.done)
    return leadTo(c, form.next(outcome.value, head.data))
  })

  return pages
}
