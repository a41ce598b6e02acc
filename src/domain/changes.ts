// What a command asks to change, against what there is: a change of nothing is recorded nowhere.

/** Whether any of the fields of `after` has another value in `before`. Values are JSON; lists count by their content. */
export const changes = <T extends object>(before: T, after: Partial<T>): boolean =>
  (Object.keys(after) as (keyof T)[]).some((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
