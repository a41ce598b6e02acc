// What a message is: both languages side by side, with named gaps in braces; one form, or one for a single thing and one for several.

export const locales = ['pt-MZ', 'en'] as const
export type Locale = (typeof locales)[number]

/** Chosen by the parameter `count`. */
type Counted = { readonly one: string; readonly other: string }
type Wording = string | Counted
export type Message = { readonly pt: Wording; readonly en: Wording }

/** Names an area's messages; a missing language is a type error. */
export const messages = <const T extends Readonly<Record<string, Message>>>(area: T): T => area

/** The names of the gaps in a text: `'{a} of {b}'` gives `'a' | 'b'`. */
type Gaps<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Gaps<Rest> : never
type Texts<W> = W extends Counted ? W['one'] | W['other'] : W
type CountOf<W> = W extends Counted ? 'count' : never

/** The parameters that a message asks for in either language. */
export type Parameters<M extends Message> = Gaps<Texts<M['pt' | 'en']>> | CountOf<M['pt' | 'en']>
