// Loaded before the server: takes metering and tracing out of it, so that a build without them can be measured beside the product.
import { registerHooks } from 'node:module'

const replaced: Readonly<Record<string, string>> = {
  '/src/web/metered.ts': 'unmetered.ts',
  '/src/monitoring/observed.ts': 'unobserved.ts',
}

registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context)
    const found = Object.entries(replaced).find(([ending]) => resolved.url.endsWith(ending))
    return found ? { ...resolved, url: new URL(found[1], import.meta.url).href } : resolved
  },
})
