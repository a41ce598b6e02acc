// Products from a CSV file, in three steps: the file, what it would do and what is wrong with it, the writing. And the file of what is seen.
import { Hono } from 'hono'
import { z } from 'zod'
import type { FormState } from '../../../views/components/field.ts'
import { layout } from '../../../views/layout.ts'
import type { PlainKey } from '../../../views/locales/index.ts'
import {
  type ImportLine,
  importContent,
  importPreview,
  importRun,
  type LineProblem,
} from '../../../views/pages/product-import.ts'
import type { Reader } from '../../../views/reader.ts'
import type { Assets } from '../assets.ts'
import { authorise } from '../authenticate.ts'
import { tellPosition } from '../consistency.ts'
import { type AppContext, callerMay, callerOf, commandContext, type Environment } from '../environment.ts'
import { explain, isProblemCode, ProblemError } from '../problems.ts'
import { type ImportPlan, planImport, runImport } from '../product-import.ts'
import { type LineProblem as FileProblem, readProducts, writeProducts } from '../products-csv.ts'
import { today } from '../today.ts'
import { formKey, freshForm, type Typed, typedIn } from './form.ts'
import { companyOf, frameOf, openLocations } from './frame.ts'
import { type ImportJobs, importJobs } from './import-jobs.ts'
import { everyProduct, productFilter } from './product-list.ts'
import { allLocations } from './related.ts'

const largestFile = 2 * 1024 * 1024
const sentFile = z.instanceof(File).refine(({ size }) => size > 0 && size <= largestFile)

/** Spreadsheets write UTF-8, or what Windows wrote before it. */
function textOf(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

const fieldLabels: Readonly<Record<string, PlainKey>> = {
  sku: 'products.sku',
  name: 'products.name',
  category: 'products.category',
  unit: 'products.unit',
  decimals: 'products.decimals',
  barcode: 'products.barcode',
  price: 'products.price',
  cost: 'products.cost',
  taxRate: 'products.tax-rate',
  reorderPoint: 'products.reorder-point',
  stock: 'products.on-hand',
}

/** A problem of a line in the reader's words: the field, and what is wrong with it. */
function worded({ t, locale }: Reader, { line, field, message }: FileProblem): LineProblem {
  const label = fieldLabels[field]
  if (label === undefined)
    return {
      line,
      text: isProblemCode(message) ? explain(locale, message) : `${field}: ${t('products.import-file-wrong')}`,
    }
  const what = isProblemCode(message)
    ? explain(locale, message)
    : t(field === 'stock' ? 'products.import-stock-wrong' : 'errors.invalid')
  return { line, text: `${t(label)}: ${what}` }
}

const linesOf = ({ create, change, unchanged }: ImportPlan): readonly ImportLine[] =>
  [
    ...create.map((row) => ({ ...row, outcome: 'create' as const })),
    ...change.map(({ row }) => ({ ...row, outcome: 'change' as const })),
    ...unchanged.map(({ row }) => ({ ...row, outcome: 'unchanged' as const })),
  ].sort((a, b) => a.line - b.line)

export function productImportPages(assets: Assets): Hono<Environment> {
  const pages = new Hono<Environment>()
  let jobs: ImportJobs | undefined
  const jobsOf = (c: AppContext): ImportJobs => {
    const { keyValue, now, log } = c.get('system')
    const onFailure = (error: unknown) => log.error({ err: error }, 'an import of products was interrupted')
    jobs ??= importJobs({ keyValue, now, onFailure })
    return jobs
  }

  pages.get('/products.csv', authorise('products.read'), async (c) => {
    const { reader } = await frameOf(c, assets)
    c.header('content-type', 'text/csv; charset=utf-8')
    c.header('content-disposition', `attachment; filename="products-${today(c, reader.format.timeZone)}.csv"`)
    return c.body(writeProducts(await everyProduct(c, productFilter(c))))
  })

  const show = async (c: AppContext, state: FormState, status: 200 | 422 = 200) => {
    const frame = await frameOf(c, assets)
    const places = callerMay(c, 'stock.count') ? await openLocations(c) : []
    const main = importContent(frame.reader, { state, places })
    return c.html(layout(frame, { title: frame.reader.t('products.import'), main, current: 'products' }), status)
  }

  /** What a file would do at a location, and what is wrong with it. */
  const looked = async (c: AppContext, csv: string, location: string) => {
    const locationId = location === '' ? undefined : location
    if (locationId && !(await openLocations(c)).some((place) => place.locationId === locationId))
      throw new ProblemError('unknown-location', { locationId })
    const read = readProducts(csv)
    const plan = await planImport(c.get('system'), read.rows, { locationId })
    const problems = [...read.problems, ...plan.problems].sort((a, b) => a.line - b.line)
    return { plan: withoutLines(plan, problems), problems, locationId }
  }

  pages.get('/products/import', authorise('products.write'), (c) => show(c, freshForm(c)))

  pages.post('/products/import', authorise('products.write'), async (c) => {
    const frame = await frameOf(c, assets)
    const { reader } = frame
    const { location = '' } = await typedIn(c)
    const file = sentFile.safeParse((await c.req.parseBody()).file)
    if (!file.success) {
      const errors = { file: reader.t('products.import-no-file') }
      return show(c, { values: { location }, errors }, 422)
    }
    const csv = textOf(await file.data.arrayBuffer())
    const { plan, problems } = await looked(c, csv, location)
    const lines = linesOf(plan)
    const main = importPreview(reader, {
      lines,
      counts: {
        create: plan.create.length,
        change: plan.change.length,
        unchanged: plan.unchanged.length,
        stock: stockLines(plan),
      },
      problems: problems.map((problem) => worded(reader, problem)),
      csv,
      location,
      formKey: c.get('system').newId(),
    })
    return c.html(layout(frame, { title: reader.t('products.import-preview'), main, current: 'products' }))
  })

  const keyOf = (c: AppContext, id: string) => `${callerOf(c).sub} ${id}`

  pages.post('/products/import/run', authorise('products.write'), async (c) => {
    const typed: Typed = await typedIn(c)
    const id = typed[formKey]
    if (!id || !/^[\w-]{1,100}$/.test(id)) throw new ProblemError('malformed-request')
    const { plan, locationId } = await looked(
      c,
      typed.csv ?? '',
      callerMay(c, 'stock.count') ? (typed.location ?? '') : '',
    )
    const system = c.get('system')
    const locations = (await allLocations(c)).map((place) => place.locationId)
    const taxRate = (await companyOf(c))?.taxRates[0]?.rate ?? 0
    const options = { taxRate, locationId, locations }
    const total = plan.create.length + plan.change.length
    await jobsOf(c).begin(keyOf(c, id), total, async (told) => {
      const { created, changed, counted, problems } = await runImport(system, plan, options, commandContext(c), told)
      return { created, changed, counted, problems: [...problems] }
    })
    return c.redirect(`/products/import/${id}`, 303)
  })

  pages.get('/products/import/:id', authorise('products.write'), async (c) => {
    const id = c.req.param('id')
    const state = await jobsOf(c).stateOf(keyOf(c, id))
    if (!state) throw new ProblemError('not-found')
    const frame = await frameOf(c, assets)
    const { reader } = frame
    const { result } = state
    if (result && result !== 'interrupted') tellPosition(c, await c.get('system').store.head())
    const main = importRun(reader, {
      ...state,
      id,
      result:
        result && result !== 'interrupted'
          ? { ...result, problems: result.problems.map((problem) => worded(reader, problem)) }
          : result,
    })
    return c.html(layout(frame, { title: reader.t('products.import'), main, current: 'products' }))
  })

  return pages
}

const stockLines = ({ create, change, unchanged }: ImportPlan): number =>
  [...create, ...change.map(({ row }) => row), ...unchanged.map(({ row }) => row)].filter(
    ({ stock }) => stock !== undefined,
  ).length

/** The plan without the lines that something is wrong with. */
function withoutLines(plan: ImportPlan, problems: readonly FileProblem[]): ImportPlan {
  const wrong = new Set(problems.map(({ line }) => line))
  return {
    create: plan.create.filter(({ line }) => !wrong.has(line)),
    change: plan.change.filter(({ row }) => !wrong.has(row.line)),
    unchanged: plan.unchanged.filter(({ row }) => !wrong.has(row.line)),
    problems: plan.problems,
  }
}
