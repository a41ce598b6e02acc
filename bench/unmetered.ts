// The middleware that measures nothing, for the build without telemetry.
import type { MiddlewareHandler } from 'hono'

export const metered = (): MiddlewareHandler => (_, next) => next()
