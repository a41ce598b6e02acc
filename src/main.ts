// The composition root: configuration, stores, projections, reactors, web; and the way back out, in order.
import { once } from 'node:events'
import type { Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import { isAskedFor, startTelemetry } from '../otel/start.ts'
import { auditJobs, auditReactors, startAudit } from './audit/index.ts'
import { forgettingAttempts } from './auth/shared-attempts.ts'
import { backupJobs, erasureMemory, runBackups, swapAsOrdered } from './backup/index.ts'
import { raiseAlert } from './commands/alerts.ts'
import { type Config, ConfigError, readConfig } from './config.ts'
import { prepareFirstUse, welcome } from './first-use.ts'
import { SealBrokenError } from './kernel/errors.ts'
import { giveBackMemory } from './memory.ts'
import { openLog } from './monitoring/index.ts'
import { digestJobs, notifying } from './notifications/index.ts'
import { whereaboutsOf } from './opening.ts'
import { startProjecting } from './projecting.ts'
import { type Reaching, untilReached } from './reaching.ts'
import { erasure } from './reactors/erasure.ts'
import { welcoming } from './reactors/welcome.ts'
import { startSchedules } from './schedules.ts'
import { startReactors } from './subscribers/reactor-runner.ts'
import { openSystem, type System } from './system.ts'
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
  let app = waitingApp({ assets, https: isHttps(config), cause: () => cause })
  const { server, url } = await listen(config, (request, bindings) => app.fetch(request, bindings))
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
        reactors: () => reactors,
      }),
    reaching,
  )
  app = webApp(system, assets)
  /** What cannot be recorded now, as while the log is away, is in the process's own log. */
  const alert = (part: string, raised: Parameters<typeof raiseAlert>[1]): void => {
    raiseAlert(system, raised, system.self(part)).catch((error: unknown) =>
      log.error({ err: error, ...raised }, 'an alert could not be raised'),
    )
  }
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

  const reacting = new AbortController()
  const reactors = startReactors({
    store: system.store,
    keyValue: system.keyValue,
    reactors: [erasure(system), erasureMemory(system), notifying(system), welcoming(system), ...auditReactors(system)],
    leases: system.leases,
    signal: reacting.signal,
    log,
    tracing: system.tracing,
    onParked: ({ reactor: subject, error: detail }) => alert('reactors', { kind: 'reaction-parked', subject, detail }),
  })

  const { leases, keyValue, now } = system
  const backups = backupJobs(system, system.backup)
  const jobs = [...digestJobs(system), ...backups, ...auditJobs(system), forgettingAttempts(system)]
  const schedules = startSchedules({ leases, keyValue, now, log, jobs, signal: reacting.signal })
  const mailing = system.mail.run(reacting.signal)
  const monitoring = system.monitoring.run({
    desk: system,
    leases,
    context: () => system.self('monitoring'),
    signal: reacting.signal,
  })
  const auditing = startAudit(system, reacting.signal)
  if (telemetry) system.monitoring.listen(telemetry.meter(system.monitoring.values))

  const first = await untilReached(() => prepareFirstUse(system, seedingLine()), reaching)
  const head = await untilReached(() => system.store.head(), reaching)
  await system.progress.waitFor(head, Number.POSITIVE_INFINITY)
  giveBackMemory()
  await openGateway(system, server)
  system.startUp.done = true
  log.info({ url }, `ready at ${url}`)
  for (const line of welcome(first, url, config)) console.log(line)

  const stop = async (signal: string, patience = 5_000) => {
    log.info({ signal }, 'stopping')
    await system.push.close()
    server.close()
    server.closeIdleConnections()
    setTimeout(() => server.closeAllConnections(), patience).unref()
    await once(server, 'close')
    reacting.abort()
    await Promise.all([reactors.stopped, schedules.stopped, mailing, auditing.stopped, monitoring])
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
  await runBackups(system.backup, { where, log, signal: reacting.signal, onSwap: () => void startAnew() })
}

/** A server at the configured address, and where people reach it. @throws ConfigError when the address cannot be had */
async function listen(config: Config, fetch: Parameters<typeof createAdaptorServer>[0]['fetch']) {
  const server = createAdaptorServer({ fetch }) as Server
  server.listen(config.port, config.host)
  try {
    await once(server, 'listening')
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error)
    throw new ConfigError(`cannot listen at HOST ${config.host}, PORT ${config.port}: ${cause}`)
  }
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : config.port
  return { server, url: config.publicUrl ?? `http://${config.host}:${port}` }
}

/** The WebSocket gateway beside the server. @throws ConfigError when its address cannot be had */
async function openGateway({ push, config }: System, server: Server): Promise<void> {
  try {
    await push.listen(server)
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error)
    throw new ConfigError(`cannot listen at HOST ${config.host}, PUSH_PORT ${config.pushPort}: ${cause}`)
  }
}

/** Shows how far the demo company has come: one line that is written over on a terminal, every quarter elsewhere. */
function seedingLine(): (share: number) => void {
  let told = -1
  return (share) => {
    const percent = Math.floor(share * 100)
    const step = process.stdout.isTTY ? 1 : 25
    if (Math.floor(percent / step) === told) return
    told = Math.floor(percent / step)
    process.stdout.write(`${process.stdout.isTTY ? '\r' : ''}Seeding the demo company: ${percent} %`)
    if (!process.stdout.isTTY || percent === 100) process.stdout.write('\n')
  }
}

try {
  await start(readConfig(process.env))
} catch (error) {
  // A master key that is not the data's own is a mistake of configuration too.
  if (!(error instanceof ConfigError || error instanceof SealBrokenError)) throw error
  console.error(error.message)
  process.exit(2)
}
