// Photos of products: sent, removed, shown.
import { createHash } from 'node:crypto'
import { Hono } from 'hono'
import { z } from 'zod'
import { changeProduct } from '../../commands/products.ts'
import { PhotoError } from '../../photos.ts'
import { authorise } from '../authenticate.ts'
import { tellDone } from '../consistency.ts'
import type { AppContext, Environment } from '../environment.ts'
import { ProblemError } from '../problems.ts'
import { formContext, type Typed, typedIn } from './form.ts'
import { productOr404 } from './product-form.ts'
import { tell } from './toasts.ts'

const sentPhoto = z.instanceof(File).refine(({ size }) => size > 0)
const askedSize = z.enum(['small', 'large']).catch('large')

export function productPhotoPages(): Hono<Environment> {
  const pages = new Hono<Environment>()

  pages.get('/photos/:id', authorise('products.read'), async (c) => {
    const photo = await c.get('system').photos.read(c.req.param('id'), askedSize.parse(c.req.query('size')))
    if (!photo) throw new ProblemError('not-found')
    // A photo never changes under its id.
    return c.body(photo, 200, { 'content-type': 'image/webp', 'cache-control': 'private, max-age=31536000, immutable' })
  })

  const change = async (c: AppContext, productId: string, photoId: string | null, typed: Typed) => {
    const input = { productId, change: { photoId }, locations: [] }
    const outcome = await changeProduct(c.get('system'), input, formContext(c, typed))
    tellDone(c, outcome)
  }

  pages.post('/products/:id/photo', authorise('products.write'), async (c) => {
    const { productId } = await productOr404(c, c.req.param('id'))
    const sent = sentPhoto.safeParse((await c.req.parseBody()).photo)
    const back = `/products/${productId}`
    if (!sent.success) {
      tell(c, 'products.photo-wrong', 'danger')
      return c.redirect(back, 303)
    }
    const { newId, photos } = c.get('system')
    const bytes = new Uint8Array(await sent.data.arrayBuffer())
    const photoId = newId()
    try {
      // Kept before the fact is recorded: a fact never names a photo that is not there.
      await photos.keep(photoId, bytes)
    } catch (error) {
      if (!(error instanceof PhotoError)) throw error
      tell(c, 'products.photo-wrong', 'danger')
      return c.redirect(back, 303)
    }
    const content = createHash('sha256').update(bytes).digest('hex')
    await change(c, productId, photoId, { ...(await typedIn(c)), photo: content })
    tell(c, 'products.photo-kept')
    return c.redirect(back, 303)
  })

  pages.post('/products/:id/photo/remove', authorise('products.write'), async (c) => {
    const { productId } = await productOr404(c, c.req.param('id'))
    await change(c, productId, null, await typedIn(c))
    tell(c, 'products.photo-removed')
    return c.redirect(`/products/${productId}`, 303)
  })

  return pages
}
