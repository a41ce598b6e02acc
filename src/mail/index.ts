// Mail, for the other parts: queue one with `queueMail`; the room writes, sends, shows them.
export { queueMail } from '../commands/mail.ts'
export { type Mail, openMail } from './mail.ts'
export { sampleMail, sampleNames } from './samples.ts'
export { unsubscribePath } from './writing.ts'
