// A figure of a benchmark, measured in turns with its baseline, and the table that shows it.

export interface Figure {
  readonly name: string
  readonly value: number
  readonly baseline: number
  readonly unit: string
  /** What the figure must keep: a share of its baseline, or a value of its own that it must not exceed. */
  readonly bound: { readonly ratio: number } | { readonly most: number }
  readonly against: string
  /** What keeps it from being better. */
  readonly limitedBy: string
}

/** Something that is measured: gives its figure for one round. */
export type Contender = () => Promise<number>

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN

/** Measures in turns (A B A B …), so that what disturbs the machine disturbs all; gives the medians. The first round only warms up. */
export async function inTurns(rounds: number, contenders: readonly Contender[]): Promise<readonly number[]> {
  const values = contenders.map((): number[] => [])
  for (let round = 0; round <= rounds; round += 1)
    for (const [index, measure] of contenders.entries()) {
      const value = await measure()
      if (round > 0) values[index]?.push(value)
    }
  return values.map(median)
}

/** How often a second something is done, given how many were done since `start` (from `performance.now()`). */
export const perSecond = (count: number, start: number): number => (count * 1000) / (performance.now() - start)

export const holds = ({ value, baseline, bound }: Figure): boolean =>
  'ratio' in bound ? value / baseline >= bound.ratio : value <= bound.most

const number = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value.toLocaleString('en', { maximumFractionDigits: 2 })

/** The figures as a table in Markdown. */
export function table(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.name,
    `${number(figure.value)} ${figure.unit}`,
    `${number(figure.baseline)} (${figure.against})`,
    (figure.value / figure.baseline).toFixed(2),
    'ratio' in figure.bound ? `≥ ${figure.bound.ratio}` : `≤ ${number(figure.bound.most)} ${figure.unit}`,
    holds(figure) ? 'yes' : 'NO',
    figure.limitedBy,
  ])
  const head = ['figure', 'value', 'baseline', 'ratio', 'floor', 'held', 'limited by']
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
