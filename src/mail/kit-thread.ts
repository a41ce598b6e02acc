// The thread that compiles the look of mails: MJML takes 80 MB and half a second, which go when this thread ends.
import { parentPort } from 'node:worker_threads'
import mjml2html from 'mjml'
import { layoutSource } from '../../views/mail/layout.ts'

const { html } = await mjml2html(layoutSource, { validationLevel: 'strict' })
parentPort?.postMessage(html)
