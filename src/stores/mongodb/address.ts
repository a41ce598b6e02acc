// The address of a MongoDB, as text: which database it names, the same with another one, and what of it may be told.

const parts = /^([^:]+:\/\/)([^@/]*@)?([^/?]+)(?:\/([^?]*))?(\?.*)?$/

/** The database that the address names (it stands after the servers), or else »caminho«. */
export const databaseIn = (url: string): string => decodeURIComponent(parts.exec(url)?.[4] || 'caminho')

/** The address of another database on the same servers; who is asking is known in the same place as before. */
export function inDatabase(url: string, name: string): string {
  const [, scheme = '', user = '', servers = '', database = '', options = ''] = parts.exec(url) ?? []
  const isElsewhere = database === '' || user === '' || /[?&]authSource=/i.test(options)
  const source = isElsewhere ? '' : `${options ? '&' : '?'}authSource=${database}`
  return `${scheme}${user}${servers}/${encodeURIComponent(name)}${options}${source}`
}

/** The address without the name and the password in it. */
export function withoutSecret(url: string): string {
  const [, scheme = '', user = '', servers = '', database = '', options = ''] = parts.exec(url) ?? []
  return `${scheme}${user && '…@'}${servers}/${database}${options}`
}
