// Where a bucket is, from a URL: s3://KEY:SECRET@host[:port]/bucket[/folder]?region=…&tls=false

export interface S3Address {
  /** Of the bucket, without a slash at its end. */
  readonly url: string
  /** What all names begin with in the bucket; empty, or with a slash at its end. */
  readonly prefix: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly region: string
}

/** Reads a bucket's URL. The region is `us-east-1` unless told; `tls=false` is for servers on one's own machine. @throws TypeError */
export function parseS3Address(text: string): S3Address {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const [bucket, ...folder] = url?.pathname.split('/').filter((part) => part !== '') ?? []
  if (url?.protocol !== 's3:' || !bucket || url.username === '' || url.password === '')
    throw new TypeError('must be s3://KEY:SECRET@host/bucket, with ?region= where it is not us-east-1')
  const scheme = url.searchParams.get('tls') === 'false' ? 'http' : 'https'
  return {
    url: `${scheme}://${url.host}/${bucket}`,
    prefix: folder.map((part) => `${part}/`).join(''),
    accessKeyId: decodeURIComponent(url.username),
    secretAccessKey: decodeURIComponent(url.password),
    region: url.searchParams.get('region') ?? 'us-east-1',
  }
}
