// Mail, for the other parts: queue one with `queueMail`; the room writes, sends, shows them.
export { queueMail } from '../commands/mail.ts'
export { isSigned, reported, signatureHeader, takeReport } from './bounces/webhook.ts'
export { type Mail, openMail } from './mail.ts'
export { sampleMail, sampleNames } from './samples.ts'
export { stoppable } from './writing.ts'
