// The words that scripts say, in the reader's language; the page brings them in a template.

type Word = 'online' | 'connecting' | 'offline' | 'backOnline' | 'restored' | 'notSent' | 'close'

/** The word, or nothing on a page that does not bring it. */
export const word = (name: Word): string => document.getElementById('words')?.dataset[name] ?? ''
