// The scale of a chart: from zero to a round figure, in round steps.

export type Scale = { readonly top: number; readonly ticks: readonly number[] }

/** Ticks from 0 up to the first round figure that holds `max`; `whole` keeps the steps at 1 or more, for things that are counted. */
export const scaleFor = (max: number, wanted = 4, whole = true): Scale => {
  // Where nothing rises above zero, any step will do.
  const rough = (max > 0 && !whole ? max : Math.max(max, 1)) / wanted
  const power = 10 ** Math.floor(Math.log10(rough))
  const nice = [1, 2, 2.5, 5, 10].find((step) => step * power >= rough * 0.999) ?? 10
  const step = whole ? Math.max(1, Math.ceil(nice * power)) : nice * power
  const count = Math.max(1, Math.ceil(max / step - 1e-9))
  return { top: count * step, ticks: Array.from({ length: count + 1 }, (_, at) => at * step) }
}

/** A share of the whole as an SVG percentage. */
export const share = (value: number, whole: number): string => `${whole === 0 ? 0 : round((value / whole) * 100)}%`

/** Two decimals are enough on any screen, and keep the page small. */
export const round = (value: number): number => Math.round(value * 100) / 100
