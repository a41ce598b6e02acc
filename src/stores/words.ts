// The words of a text as they are searched: lower case, without accents, letters and digits only.

/** Each word once, in order. */
export const wordsIn = (...texts: unknown[]): readonly string[] => [
  ...new Set(
    texts
      .filter((text) => typeof text === 'string')
      .join(' ')
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [],
  ),
]
