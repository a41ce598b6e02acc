// What the web server does, as its middleware tells it: how long answers take, how many fail, which routes are slow, who is active.
import type { Timed } from '../../otel/metering.ts'
import { addUp, type Distribution, type Histogram, nothingTimed, openHistogram } from './histogram.ts'

export interface Answered {
  readonly method: string
  /** The pattern of the route, never the address itself: `/api/sales/:id`. */
  readonly route: string
  readonly status: number
  readonly milliseconds: number
  /** The person who asked, when they had signed in. */
  readonly person: string | undefined
}

export interface RouteTimes {
  readonly method: string
  readonly route: string
  readonly errors: number
  readonly times: Distribution
}

export interface RequestMeter {
  begun(): void
  answered(answer: Answered): void
  /** Requests under way. */
  readonly active: number
  /** Answers with a status of 500 or more, since the start. */
  readonly errors: number
  /** How long the answers took since the last taking. */
  take(): Distribution
  /** Each route over the last half to whole hour. */
  routes(): readonly RouteTimes[]
  /** People who have asked for anything in so many milliseconds. */
  activePeople(within: number): number
}

/** More routes than the product has; whoever makes up addresses meets only `*`. */
const mostRoutes = 500
const mostPeople = 10_000
/** Milliseconds in which asking again changes nothing about who is active. */
const sameMoment = 1_000
const halfHour = 30 * 60_000

interface Route {
  readonly method: string
  readonly route: string
  readonly histogram: Histogram
  errors: number
  before: Omit<RouteTimes, 'method' | 'route'>
  since: Distribution
}

/** Who is told of each duration, while somebody is. */
export interface Listening {
  timed?: Timed
}

export function meterRequests(now: () => number, listening: Listening): RequestMeter {
  const all = openHistogram()
  // By pattern, then by method: joining the two would cost more than both look-ups.
  const routes = new Map<string, Map<string, Route>>()
  let known = 0
  // In order of when they last asked, to the moment: a person who asks again moves to the end.
  const people = new Map<string, number>()
  let active = 0
  let errors = 0
  let turnedAt = now()

  const routeOf = (method: string, pattern: string): Route | undefined => {
    const found = routes.get(pattern)?.get(method)
    if (found || known >= mostRoutes) return found
    const before = { errors: 0, times: nothingTimed }
    const made = { method, route: pattern, histogram: openHistogram(), errors: 0, before, since: nothingTimed }
    routes.set(pattern, (routes.get(pattern) ?? new Map<string, Route>()).set(method, made))
    known += 1
    return made
  }

  const allRoutes = (): Route[] => [...routes.values()].flatMap((byMethod) => [...byMethod.values()])

  /** Every half hour what is older than that is forgotten. */
  const turn = (): void => {
    if (now() - turnedAt < halfHour) return
    turnedAt = now()
    for (const route of allRoutes()) {
      route.before = { errors: route.errors, times: addUp([route.since, route.histogram.take()]) }
      route.since = nothingTimed
      route.errors = 0
    }
  }

  return {
    get active() {
      return active
    },
    get errors() {
      return errors
    },
    begun() {
      active += 1
    },
    answered({ method, route: pattern, status, milliseconds, person }) {
      active -= 1
      const microseconds = milliseconds * 1000
      all.record(microseconds)
      listening.timed?.('http.server.request.duration', milliseconds, {
        'http.request.method': method,
        'http.route': pattern,
        'http.response.status_code': status,
      })
      const route = routeOf(method, pattern)
      route?.histogram.record(microseconds)
      if (status >= 500) {
        errors += 1
        if (route) route.errors += 1
      }
      if (person === undefined) return
      const at = now()
      if (at - (people.get(person) ?? 0) < sameMoment) return
      people.delete(person)
      people.set(person, at)
      if (people.size > mostPeople) people.delete(people.keys().next().value ?? '')
    },
    take: () => all.take(),
    routes() {
      turn()
      return allRoutes().map((route) => {
        route.since = addUp([route.since, route.histogram.take()])
        return {
          method: route.method,
          route: route.route,
          errors: route.before.errors + route.errors,
          times: addUp([route.before.times, route.since]),
        }
      })
    },
    activePeople(within) {
      const since = now() - within
      for (const [person, at] of people) {
        if (at >= since) break
        people.delete(person)
      }
      return people.size
    },
  }
}
