// Live listeners, grouped so that what is due to many alike is decided once and published once.
import type { Listener } from './listener.ts'
import type { Outgoing } from './outgoing.ts'
import { groupKey, roomFor, type Wanted, type Who } from './rooms.ts'

/** Reaches all lines that have joined a group by one call. */
export type Publish = (group: string, text: string) => void

interface Group {
  readonly name: string
  /** Of any of them: alike in all that counts. */
  readonly who: Who
  readonly wanted: Wanted
  /** Lines that `publish` reaches. */
  joined: number
  /** Lines that are sent to one by one. */
  readonly singles: Set<Listener>
}

export interface Groups {
  /** Where `publish` reaches the lines that joined; set once the gateway is open. */
  publish: Publish
  readonly size: number
  add(listener: Listener): void
  remove(listener: Listener): void
  /** Sends it to every live listener to whom it is due; the bytes that each of them got at the most. */
  send(outgoing: Outgoing): number
  all(): Iterable<Listener>
}

/** No listeners yet. */
export function liveGroups(): Groups {
  const groups = new Map<string, Group>()
  const byPerson = new Map<string, Set<Listener>>()
  const live = new Map<Listener, Group>()
  let named = 0

  const groupOf = ({ who, wanted }: Listener): Group => {
    const key = groupKey(who, wanted)
    const known = groups.get(key)
    if (known) return known
    const group = { name: `group/${named++}`, who, wanted, joined: 0, singles: new Set<Listener>() }
    groups.set(key, group)
    return group
  }

  const sendToPeople = (outgoing: Outgoing, people: readonly string[]): number => {
    let sent = 0
    for (const person of people)
      for (const listener of byPerson.get(person) ?? []) {
        const room = roomFor(listener.who, listener.wanted, outgoing.message)
        if (room === undefined) continue
        listener.line.send(outgoing, room)
        sent = outgoing.text(room).length
      }
    return sent
  }

  const sendToGroup = (outgoing: Outgoing, group: Group): number => {
    const room = roomFor(group.who, group.wanted, outgoing.message)
    if (room === undefined) return 0
    const text = outgoing.text(room)
    if (group.joined > 0) result.publish(group.name, text)
    for (const { line } of group.singles) line.send(outgoing, room)
    return text.length
  }

  const result: Groups = {
    publish: () => undefined,
    get size() {
      return live.size
    },
    add(listener) {
      const group = groupOf(listener)
      live.set(listener, group)
      const { personId } = listener.who
      byPerson.set(personId, (byPerson.get(personId) ?? new Set()).add(listener))
      if (!listener.line.group) return void group.singles.add(listener)
      listener.line.group.join(group.name)
      group.joined += 1
    },
    remove(listener) {
      const group = live.get(listener)
      if (!group) return
      live.delete(listener)
      const { personId } = listener.who
      byPerson.get(personId)?.delete(listener)
      if (byPerson.get(personId)?.size === 0) byPerson.delete(personId)
      if (listener.line.group) {
        listener.line.group.leave(group.name)
        group.joined -= 1
      } else group.singles.delete(listener)
      if (group.joined + group.singles.size === 0) groups.delete(groupKey(group.who, group.wanted))
    },
    send(outgoing) {
      if (outgoing.people) return sendToPeople(outgoing, outgoing.people)
      let sent = 0
      for (const group of groups.values()) sent = Math.max(sent, sendToGroup(outgoing, group))
      return sent
    },
    all: () => live.keys(),
  }
  return result
}
