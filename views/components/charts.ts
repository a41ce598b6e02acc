// The charts: SVG made on the server, axes from zero with units, the same figures behind as a table.
export { barChart } from './charts/bars.ts'
export type { Chart, Point } from './charts/frame.ts'
export { rankingChart } from './charts/ranking.ts'
export { sparkline } from './charts/sparkline.ts'
export { trendChart } from './charts/trend.ts'
