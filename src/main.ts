// The composition root: configuration, stores, projections, reactors, web; and the way back out, in order.
import { isAskedFor, startTelemetry } from '../otel/start.ts'
import { projections } from '../projections/index.ts'
import { alertsOf } from './alerting.ts'
import { runBackups, swapAsOrdered } from './backup/index.ts'
import { type Config, ConfigError, readConfig } from './config.ts'
import { startDuties } from './duties.ts'
import { prepareFirstUse, seedingLine, welcome } from './first-use.ts'
import { SealBrokenError } from './kernel/errors.ts'
import { listen } from './listening.ts'
import { giveBackMemory } from './memory.ts'
import { openLog } from './monitoring/index.ts'
import { whereaboutsOf } from './opening.ts'
import { startProjecting } from './projecting.ts'
import { type Reaching, untilReached } from './reaching.ts'
import { foldedUpTo } from './subscribers/folded.ts'
import { openSystem } from './system.ts'
import { version } from './version.ts'
import { webApp } from './web/app.ts'
import { loadAssets } from './web/assets.ts'
import { isHttps } from './web/authenticate.ts'
import { waitingApp } from './web/waiting.ts'

async function start(config: Config): Promise<void> {
  const logging = await openLog({
    level: config.logLevel,
    folder: config.logDir,
    files: config.logFiles,
    also: (line) => telemetry?.line(line),
  })
  const log = logging.logger
  const telemetry = isAskedFor(process.env)
    ? startTelemetry({
        version,
        node: config.nodeName,
        env: process.env,
        onDeath: (error) => log.error({ err: error }, 'telemetry has ended'),
      })
    : undefined
  // Before anybody opens a store: a restored one may wait to take the place of the live one.
  swapAsOrdered(whereaboutsOf(config))

  // It listens from here on, and says that it is not ready until the read models show what the log holds.
  const assets = loadAssets()
  let cause = 'it has just been started'
  const listening = await listen(config, waitingApp({ assets, https: isHttps(config), cause: () => cause }))
  const reaching: Reaching = {
    log,
    onFailure: ({ message }) => {
      cause = message
    },
  }

  const system = await untilReached(
    () =>
      openSystem({
        config,
        log,
        recentLogs: logging.recent,
        ...(telemetry && { tracing: telemetry.tracing }),
        serving: true,
        onCommit: () => projecting.appended(),
        onWait: () => projecting.wanted(),
        rebuild: (projection) => projecting.rebuild(projection),
        reactors: () => duties.reactors,
      }),
    reaching,
  )
  listening.answerWith(webApp(system, assets))
  const alert = alertsOf(system)
  const projecting = startProjecting({
    config,
    onProgress: (position) => system.progress.advance(position),
    onLog: logging.add,
    onSpan: telemetry?.record,
    onFailure: (subject, detail) => alert('projections', { kind: 'projection-stopped', subject, detail }),
    onDeath: (error) => {
      log.fatal({ err: error }, "the projections' thread has died; ending, so that a supervisor starts anew")
      process.exit(1)
    },
  })

  const duties = startDuties(system, alert)
  if (telemetry) system.monitoring.listen(telemetry.meter(system.monitoring.values))

  const first = await untilReached(() => prepareFirstUse(system, seedingLine()), reaching)
  const head = await untilReached(() => system.store.head(), reaching)
  // What was folded when the last process ended, or before a restored store took over, need not wait for the thread that folds.
  system.progress.advance(await untilReached(() => foldedUpTo(system.models, projections), reaching))
  await system.progress.waitFor(head, Number.POSITIVE_INFINITY)
  giveBackMemory()
  await listening.openGateway(system.push)
  system.startUp.done = true
  const { url } = listening
  log.info({ url }, `ready at ${url}`)
  for (const line of welcome(first, url, config)) console.log(line)

  const stop = async (why: string, patience = 5_000) => {
    log.info({ why }, 'stopping')
    await system.push.close()
    await listening.close(patience)
    await duties.stop()
    await projecting.close()
    await system.close()
    await telemetry?.stop()
    await logging.close()
  }
  const ending = (signal: NodeJS.Signals) => stop(signal)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, ending)

  const startAnew = async () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, ending)
    await stop('a restored store takes over', 300)
    await start(config)
  }
  const where = whereaboutsOf(config)
  await runBackups(system.backup, { where, log, signal: duties.signal, onSwap: () => void startAnew() })
}

try {
  await start(readConfig(process.env))
} catch (error) {
  // A master key that is not the data's own is a mistake of configuration too.
  if (!(error instanceof ConfigError || error instanceof SealBrokenError)) throw error
  console.error(error.message)
  process.exit(2)
}
