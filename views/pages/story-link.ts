// The way from a thing to all that ever happened to it, for those who may look into the log.
import { linkButton } from '../components/index.ts'
import type { Html } from '../html.ts'
import type { Reader } from '../reader.ts'

export const storyLink = ({ t }: Reader, kind: 'sale' | 'product' | 'customer', id: string): Html =>
  linkButton(`/audit/story/${kind}/${encodeURIComponent(id)}`, { label: t('audit.story-link') })
