// A thread that folds much of the log for one group of projections, and ends.
import { parentPort, workerData } from 'node:worker_threads'
import { foldShare } from './fold-share.ts'
import { type Done, share } from './rebuilding.ts'

const failures = await foldShare(share.parse(workerData))
parentPort?.postMessage({ failures } satisfies Done)
