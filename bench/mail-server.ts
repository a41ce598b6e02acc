// The SMTP server that the benchmark of mail sends to, on a thread of its own: it takes everything and keeps nothing.
import { once } from 'node:events'
import type { AddressInfo, Server } from 'node:net'
import { parentPort } from 'node:worker_threads'
import { SMTPServer } from 'smtp-server'

const server = new SMTPServer({
  disabledCommands: ['AUTH', 'STARTTLS'],
  onData(stream, _session, answer) {
    stream.resume()
    stream.on('end', () => answer(null, '2.0.0 taken'))
  },
})
const listening = server.listen(0, '127.0.0.1') as Server
if (!listening.listening) await once(listening, 'listening')
parentPort?.postMessage((listening.address() as AddressInfo).port)
