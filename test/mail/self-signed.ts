// A certificate for 127.0.0.1 that nobody has signed but itself, made by openssl.
import { execFileSync } from 'node:child_process'

export interface Certificate {
  readonly key: string
  readonly cert: string
}

/** Why there can be none, for tests that are then skipped. */
export function whyNoOpenssl(): string | undefined {
  try {
    execFileSync('openssl', ['version'])
    return undefined
  } catch {
    return 'needs openssl: apt-get install openssl'
  }
}

/** Good for two days. */
export function selfSigned(): Certificate {
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  const name = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1']
  const both = execFileSync('openssl', ['req', '-x509', ...kind, ...name, '-keyout', '-'], { stdio: 'pipe' }).toString()
  const part = (label: string) =>
    new RegExp(`-----BEGIN ${label}-----[^-]+-----END ${label}-----`).exec(both)?.[0] ?? ''
  return { key: part('PRIVATE KEY'), cert: part('CERTIFICATE') }
}
