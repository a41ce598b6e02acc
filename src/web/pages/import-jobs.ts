// Imports of products as jobs.
import { z } from 'zod'
import { type Jobs, type JobsOptions, jobs } from '../jobs.ts'

const imported = z.object({
  created: z.int(),
  changed: z.int(),
  counted: z.int(),
  problems: z.array(z.object({ line: z.int(), field: z.string(), message: z.string() })),
})
export type ImportResult = z.infer<typeof imported>
export type ImportJobs = Jobs<ImportResult>

export const importJobs = (options: JobsOptions): ImportJobs => jobs(options, 'product-imports', imported)
