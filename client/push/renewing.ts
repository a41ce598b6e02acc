// Renews the cookie by which a page is known: any request does, while the session lasts.

/** False when somebody has to sign in again. @throws while the server cannot be reached */
export async function renewCookie(): Promise<boolean> {
  const answer = await fetch('/api/profile', { cache: 'no-store', headers: { accept: 'application/json' } })
  return answer.status !== 401
}
