// Turn taking: asynchronous pieces of work that must not interleave, one after the other in the order of asking.

/** Gives a function that runs each work once all that were asked for before it have ended, well or not. */
export function turnTaking() {
  let last: Promise<unknown> = Promise.resolve()
  return <Result>(work: () => Promise<Result>): Promise<Result> => {
    const mine = last.then(work)
    last = mine.catch(() => undefined)
    return mine
  }
}
