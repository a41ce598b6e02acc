// The chart of a report as a picture for mail: bars from zero, and a line where the period before stood. Its words stand around it in the
// letter, so that it needs no fonts.
export interface ChartPoint {
  readonly value: number
  readonly before?: number
}

const width = 552
const height = 200
const lines = 4

/** SVG, 552 by 200. */
export function chartPicture(points: readonly ChartPoint[]): string {
  const top = Math.max(1, ...points.map(({ value }) => value), ...points.map(({ before = 0 }) => before))
  const slot = width / Math.max(1, points.length)
  const y = (value: number) => height - 1 - (Math.max(0, value) / top) * (height - 8)
  const grid = Array.from({ length: lines + 1 }, (_, at) => {
    const level = y((top * at) / lines)
    return `<line x1="0" x2="${width}" y1="${level}" y2="${level}" stroke="${at === 0 ? '#7d8a87' : '#e3e9e7'}"/>`
  })
  const bars = points.map(({ value, before }, at) => {
    const x = at * slot
    const bar = `<rect x="${x + slot * 0.16}" y="${y(value)}" width="${slot * 0.68}" height="${height - 1 - y(value)}" rx="2" fill="#0b5a55"/>`
    const mark =
      before === undefined || before <= 0
        ? ''
        : `<line x1="${x + slot * 0.08}" x2="${x + slot * 0.92}" y1="${y(before)}" y2="${y(before)}" stroke="#b06a00" stroke-width="2"/>`
    return bar + mark
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#ffffff"/>${grid.join('')}${bars.join('')}</svg>`
}
